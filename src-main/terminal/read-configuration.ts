import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { hashFields } from '#shared/kernel/hash.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { TerminalConfiguration, TerminalOptions } from './configuration.ts';

/** The name of the configuration file inside the data folder. It may be absent. */
const CONFIGURATION_FILE = 'configuration.json';

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

const directorySchema = z.string().min(1).refine(path.isAbsolute, 'must be an absolute path');

const fileSchema = z.strictObject({
  centralUrl: z.url({ protocol: /^https?$/ }).optional(),
  secondJournalDirectory: directorySchema.optional(),
  vaultDirectory: directorySchema.optional(),
  printer: z
    .strictObject({
      kind: z.literal('virtual'),
      columns: z.union([z.literal(32), z.literal(48)]),
    })
    .default({ kind: 'virtual', columns: 48 }),
});

/**
 * Joins the command line with the configuration file of the data folder.
 *
 * Refuses, in one line for the person who starts the program, a file that cannot be read or does not
 * fit, a central that is neither HTTPS nor on this computer, and a demo with a central elsewhere.
 */
export function readConfiguration(options: TerminalOptions): Result<TerminalConfiguration, string> {
  const dataDirectory = path.resolve(options.dataDirectory);
  const file = path.join(dataDirectory, CONFIGURATION_FILE);
  const text = readIfPresent(file);
  if (!text.ok) return text;
  const content = parse(file, text.value);
  if (!content.ok) return content;
  const centralUrl = options.centralUrl ?? content.value.centralUrl ?? null;
  const problem = findAddressProblem(centralUrl, options.demo !== undefined);
  if (problem !== undefined) return refuse(problem);
  return ok({
    dataDirectory,
    secondJournalDirectory: content.value.secondJournalDirectory ?? `${dataDirectory}-second-copy`,
    vaultDirectory: content.value.vaultDirectory ?? defaultVaultDirectory(),
    programDirectory: options.programDirectory,
    rendererDirectory: options.rendererDirectory,
    centralUrl,
    printer: content.value.printer,
    demo: options.demo ?? null,
    configurationHash: hashFields('counterfoil.configuration.1', text.value ?? ''),
  });
}

function readIfPresent(file: string): Result<string | undefined, string> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(undefined);
    return refuse(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function parse(
  file: string,
  text: string | undefined,
): Result<z.output<typeof fileSchema>, string> {
  let json: unknown;
  try {
    json = text === undefined ? {} : JSON.parse(text);
  } catch (error) {
    return refuse(`${file} is not JSON: ${(error as Error).message}`);
  }
  const content = fileSchema.safeParse(json);
  if (content.success) return ok(content.data);
  const issue = content.error.issues[0];
  return refuse(`${file}: ${issue?.path.join('.') || 'the whole file'}: ${issue?.message}`);
}

function findAddressProblem(centralUrl: string | null, isDemo: boolean): string | undefined {
  if (centralUrl === null) return isDemo ? 'A demo needs the address of its central.' : undefined;
  if (!URL.canParse(centralUrl)) return `${centralUrl} is not an address of a central.`;
  const { protocol, hostname } = new URL(centralUrl);
  const isHere = LOOPBACK_HOSTS.includes(hostname);
  if (isDemo && !isHere) return 'A demo works only with a central on this computer.';
  if (protocol === 'https:' || (protocol === 'http:' && isHere)) return undefined;
  return `${centralUrl} must start with https:// unless the central runs on this computer.`;
}

function defaultVaultDirectory(): string {
  const state = process.env['XDG_STATE_HOME'] ?? path.join(homedir(), '.local', 'state');
  return path.join(process.env['LOCALAPPDATA'] ?? state, 'counterfoil', 'vault');
}
