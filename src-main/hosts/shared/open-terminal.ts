import { readConfiguration } from '#main/terminal/read-configuration.ts';
import { startTerminal } from '#main/terminal/start-terminal.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { HostedTerminal } from './hosted-terminal.ts';
import { PROGRAM_DIRECTORY } from './program-places.ts';
import type { HostArguments } from './read-host-arguments.ts';

/** Starts the terminal that the command line describes. Refuses a configuration that cannot be used. */
export async function openTerminal(given: HostArguments): Promise<Result<HostedTerminal, string>> {
  const { dataDirectory, rendererDirectory, centralUrl, demo } = given;
  const configuration = readConfiguration({
    dataDirectory,
    programDirectory: PROGRAM_DIRECTORY,
    rendererDirectory,
    centralUrl,
    demo,
  });
  return configuration.ok ? startTerminal(configuration.value) : configuration;
}
