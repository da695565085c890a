import type { JournalExport } from '#main/ports/journal-export.ts';
import type { Log } from '#main/ports/log.ts';
import { failure } from '#shared/contract/failures.ts';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import { OPERATIONS, type OperationName } from '#shared/contract/terminal/operations.ts';
import type { Phase, Snapshot } from '#shared/contract/terminal/snapshot.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { OperationHandlers } from '../application/operation-handlers.ts';
import { describeOutOfService } from '../application/status/describe-out-of-service.ts';
import { isDiskLow } from '../application/status/watch-disk.ts';
import { createDispatcher } from '../transport/dispatcher.ts';
import type { TerminalTransport } from '../transport/terminal-transport.ts';

/** What is known of a till that could not start. */
export interface OutOfServiceFacts {
  readonly faults: Extract<Phase, { kind: 'out-of-service' }>['faults'];
  readonly since: Instant;
  readonly software: Software;
  readonly dataDirectory: string;
  readonly secondJournalDirectory: string;
  readonly freeBytes: number;
  readonly revision: number;
  /** Sets aside what is left and starts anew; `undefined` where something else has to be done. */
  readonly startOver: (() => void) | undefined;
}

/**
 * A till whose critical memory cannot be used: it opens no database, sells nothing, shows why, and
 * offers diagnostics and export (GLI-31 3.4.4).
 */
export function createOutOfServiceTerminal(
  facts: OutOfServiceFacts,
  journalExport: JournalExport,
  log: Log,
): TerminalTransport {
  const snapshot = snapshotOf(facts);
  return createDispatcher({
    handlers: {
      ...refuseEverything(),
      'terminal.show': async () => ok(snapshot),
      'diagnostics.show': async () => ok({ sections: sectionsOf(facts) }),
      'diagnostics.export': async () => ok(await journalExport.copy()),
      'enrolment.start-over': async () => {
        if (facts.startOver === undefined) return refuse(failure('terminal.out-of-service'));
        log.warn({ faults: facts.faults }, 'starting over without what cannot be used');
        facts.startOver();
        return ok({});
      },
    },
    phase: () => snapshot.phase,
    session: () => snapshot.session,
    onSnapshotChanged: () => () => {},
    noteRefusal: (operation, reason) => log.warn({ operation, reason }, 'refused'),
    noteThrow: (operation, error) => log.error({ operation, error }, 'failed'),
  });
}

function refuseEverything(): OperationHandlers {
  const refusal = async () => refuse(failure('terminal.out-of-service'));
  const names = Object.keys(OPERATIONS) as OperationName[];
  return Object.fromEntries(names.map((name) => [name, refusal])) as unknown as OperationHandlers;
}

function sectionsOf(facts: OutOfServiceFacts) {
  return [
    {
      title: 'Program',
      facts: [
        { label: 'Version', value: facts.software.version },
        { label: 'Checksum', value: facts.software.checksum },
      ],
    },
    {
      title: 'Out of service',
      facts: facts.faults.map(({ check, detail }) => ({ label: check, value: detail })),
    },
    {
      title: 'Where the data is',
      facts: [
        { label: 'Database', value: facts.dataDirectory },
        { label: 'Second journal', value: facts.secondJournalDirectory },
        { label: 'Room on the disk', value: `${Math.round(facts.freeBytes / 1e6)} MB` },
      ],
    },
  ];
}

function snapshotOf(facts: OutOfServiceFacts): Snapshot {
  return describeOutOfService({
    revision: facts.revision,
    phase: {
      kind: 'out-of-service',
      since: facts.since,
      faults: facts.faults,
      ...(facts.startOver === undefined ? {} : { canStartOver: true }),
    },
    software: facts.software,
    demo: null,
    now: facts.since,
    terminal: null,
    printer: { unit: 'not opened', condition: 'offline', isReady: false },
    secondJournal: { state: 'failed', path: facts.secondJournalDirectory },
    disk: { freeBytes: facts.freeBytes, isLow: isDiskLow(facts.freeBytes) },
  });
}
