import type { TerminalTransport } from '#main/transport/terminal-transport.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { HostArguments } from './read-host-arguments.ts';

/** A running terminal, as far as a host has to do with it. */
export interface HostedTerminal {
  readonly transport: TerminalTransport;
  /** Finishes what is under way, flushes and lets go of the data. */
  readonly stop: () => Promise<void>;
}

/** Starts a terminal. Refuses with one sentence for a person if its configuration cannot be used. */
export type TerminalStarter = (given: HostArguments) => Promise<Result<HostedTerminal, string>>;
