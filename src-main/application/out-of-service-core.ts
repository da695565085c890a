import { failure } from '#shared/contract/failures.ts';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import { OPERATIONS } from '#shared/contract/terminal/operations.ts';
import type { Phase, Snapshot } from '#shared/contract/terminal/snapshot.ts';
import type { BootId } from '#shared/kernel/ids.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { DiskSpace } from '../ports/disk-space.ts';
import type { JournalExport } from '../ports/journal-export.ts';
import type { Log } from '../ports/log.ts';
import type { OperationHandlers } from './operation-handlers.ts';
import { createExportJournal } from './status/export-journal.ts';
import type { Fault } from './status/service-state.ts';
import { createShowDiagnostics, type DiagnosticFacts } from './status/show-diagnostics.ts';
import type { TerminalCore } from './terminal-core.ts';

/** What a till works with whose data could not be opened. */
export interface OutOfServiceCoreDependencies {
  readonly faults: readonly Fault[];
  readonly software: Software;
  readonly bootId: BootId;
  readonly memoryCheck: DiagnosticFacts['memoryCheck'];
  readonly journalExport: JournalExport;
  readonly clock: Pick<Clock, 'wall'>;
  readonly diskSpace: DiskSpace;
  readonly log: Log;
  /** Where the second copy of the journal should lie. */
  readonly secondJournalPath: string;
}

/**
 * A terminal that never had a database to work on: it shows why, and offers diagnostics and export,
 * and nothing else (GLI-31 3.4.4).
 */
export function createOutOfServiceCore(dependencies: OutOfServiceCoreDependencies): TerminalCore {
  const { clock, log, bootId, memoryCheck, journalExport } = dependencies;
  const phase: Phase = {
    kind: 'out-of-service',
    since: clock.wall(),
    faults: [...dependencies.faults],
  };
  const session = { kind: 'signed-out' } as const;
  const snapshot = () => snapshotOf(dependencies, phase);
  const gather = (): DiagnosticFacts => ({
    snapshot: snapshot(),
    bootId,
    chain: undefined,
    acknowledgedSeq: 0,
    memoryCheck,
  });
  const handlers: OperationHandlers = {
    ...refuseEverything(),
    'terminal.show': async () => ok(snapshot()),
    'diagnostics.show': createShowDiagnostics(gather),
    'diagnostics.export': createExportJournal(journalExport, log),
  };
  return {
    handlers,
    phase: () => phase,
    session: () => session,
    snapshot,
    onSnapshotChanged: () => () => {},
    start: async () => {},
    stop: async () => {},
    goOutOfService: (faults) => log.error({ faults }, 'out of service already'),
    noteRefusal: (operation, { code }) => log.warn({ operation, code }, 'request refused'),
    noteThrow: (operation, error) => log.error({ operation, error }, 'unexpected error'),
  };
}

/** Nothing is kept and nothing runs, so there is one snapshot for as long as the program runs. */
function snapshotOf(
  { software, clock, diskSpace, secondJournalPath }: OutOfServiceCoreDependencies,
  phase: Phase,
): Snapshot {
  return {
    revision: 1,
    phase,
    software,
    demo: null,
    now: clock.wall(),
    clock: { isTrusted: true, notBefore: null, offsetMs: null },
    terminal: null,
    session: { kind: 'signed-out' },
    selling: null,
    checkout: null,
    lastSale: null,
    openTickets: [],
    sync: null,
    printer: { unit: 'none', condition: 'disconnected', isReady: false },
    secondJournal: { state: 'failed', path: secondJournalPath },
    disk: { freeBytes: diskSpace.freeBytes(), isLow: false },
  };
}

function refuseEverything(): OperationHandlers {
  const handler = async () => refuse(failure('terminal.out-of-service'));
  const names = Object.keys(OPERATIONS);
  return Object.fromEntries(names.map((name) => [name, handler])) as unknown as OperationHandlers;
}
