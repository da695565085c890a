import type { TerminalTransport } from '../transport/terminal-transport.ts';

/** A running terminal, as a host holds it. */
export interface Terminal {
  readonly transport: TerminalTransport;
  /** Finishes what is under way, flushes and lets go of the data. */
  stop(): Promise<void>;
}
