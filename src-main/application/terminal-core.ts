import type { Failure } from '#shared/contract/failures.ts';
import type { Phase, Session, Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { createHandlers } from './create-handlers.ts';
import { createLifecycle } from './create-lifecycle.ts';
import { createServices } from './create-services.ts';
import type { OperationHandlers } from './operation-handlers.ts';
import { createNoteRefusal } from './status/note-refusals.ts';
import type { Fault } from './status/service-state.ts';
import type { TerminalCoreDependencies } from './terminal-core-dependencies.ts';

/** A terminal without a screen: every use case, and what is to be shown. */
export interface TerminalCore {
  readonly handlers: OperationHandlers;
  phase(): Phase;
  session(): Session;
  snapshot(): Snapshot;
  /** Calls `listener` soon after anything changes, until the returned function is called. */
  onSnapshotChanged(listener: (snapshot: Snapshot) => void): () => void;
  /** Starts work. Everything but diagnostics is refused with `terminal.starting` before. */
  start(): Promise<void>;
  /** Stops in order: the printing ticket ends, the stop is journaled. */
  stop(): Promise<void>;
  /** Ends all selling for good, and shows why (GLI-31 3.4.4). */
  goOutOfService(faults: readonly Fault[]): void;
  /** Takes note of a refusal of the boundary itself. */
  noteRefusal(operation: string, refusal: Failure): void;
  /** Takes note of a throw: a bug, or damaged critical memory, which ends all selling. */
  noteThrow(operation: string, error: unknown): void;
}

/** Builds a terminal over its ports. */
export function createTerminalCore(dependencies: TerminalCoreDependencies): TerminalCore {
  const { clock, log } = dependencies;
  const services = createServices(dependencies);
  const { session, feed, ledger } = services;
  const lifecycle = createLifecycle(dependencies, services);
  const noteRefusal = createNoteRefusal({ ledger, clock, log });
  return {
    handlers: createHandlers(dependencies, services, lifecycle.beginWork),
    phase: services.phase,
    session: session.current,
    snapshot: feed.current,
    onSnapshotChanged: feed.onChanged,
    start: lifecycle.start,
    stop: lifecycle.stop,
    goOutOfService: services.goOutOfService,
    noteRefusal(operation, refusal) {
      services.inBackground(noteRefusal(operation, refusal));
    },
    noteThrow: services.noteThrow,
  };
}
