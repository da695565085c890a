import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import type { BootId, ChainId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';

/** What a technician may want to know, besides what the screen shows anyway. */
export interface DiagnosticFacts {
  readonly snapshot: Snapshot;
  readonly bootId: BootId;
  /** `undefined` before enrolment; `not-read` out of service, where it may be damaged. */
  readonly journal:
    | {
        readonly chainId: ChainId;
        readonly head: ChainHead;
        readonly acknowledgedSeq: number;
      }
    | 'not-read'
    | undefined;
  readonly memoryCheck: EntryPayload<'terminal.started'>['memoryCheck'];
}

type Section = { title: string; facts: { label: string; value: string }[] };

const LONGEST_VALUE = 400;

/** Shows the facts of this till by section (GLI-31 3.5.1). Changes nothing; holds no secret. */
export function createShowDiagnostics(
  gather: () => DiagnosticFacts,
): OperationHandlers['diagnostics.show'] {
  return async () => {
    const facts = gather();
    const sections = [
      describeProgram(facts),
      describeMemory(facts),
      describeJournal(facts),
      describeCentral(facts),
      describeClock(facts),
      describePrinter(facts),
      describeNumbers(facts),
    ];
    return ok({ sections });
  };
}

function section(title: string, facts: Readonly<Record<string, string | number>>): Section {
  const entries = Object.entries(facts);
  return {
    title,
    facts: entries.map(([label, value]) => ({ label, value: `${value}`.slice(0, LONGEST_VALUE) })),
  };
}

function describeProgram({ snapshot, bootId }: DiagnosticFacts): Section {
  return section('Program', {
    Version: snapshot.software.version,
    Checksum: snapshot.software.checksum,
    'This run': bootId,
    State: snapshot.phase.kind,
  });
}

function describeMemory({ snapshot, memoryCheck }: DiagnosticFacts): Section {
  const checks = memoryCheck.checks.map(
    ({ name, isPassed, detail }) => [name, `${isPassed ? 'passed' : 'FAILED'}. ${detail}`] as const,
  );
  const faults =
    snapshot.phase.kind === 'out-of-service'
      ? snapshot.phase.faults.map(({ check, detail }) => [`Fault: ${check}`, detail] as const)
      : [];
  return section('Memory check', {
    Duration: `${Math.round(memoryCheck.durationMs)} ms`,
    ...Object.fromEntries(checks),
    ...Object.fromEntries(faults),
  });
}

function describeJournal({ snapshot, journal }: DiagnosticFacts): Section {
  return section('Journal', {
    ...describeChain(journal),
    'Second copy': snapshot.secondJournal.state,
    'Second copy path': snapshot.secondJournal.path,
    'Free disk space': `${Math.floor(snapshot.disk.freeBytes / 1_048_576)} MiB`,
  });
}

function describeChain(journal: DiagnosticFacts['journal']) {
  if (journal === 'not-read') return { Chain: 'not read: it may be damaged' };
  return {
    Chain: journal?.chainId ?? 'none',
    Entries: journal?.head.seq ?? 0,
    'Last hash': journal?.head.hash ?? 'none',
    'Acknowledged through': journal?.acknowledgedSeq ?? 0,
  };
}

function describeCentral({ snapshot }: DiagnosticFacts): Section {
  const { terminal, sync } = snapshot;
  return section('Central', {
    Address: terminal?.centralUrl ?? 'not enrolled',
    Till: terminal?.rsuName ?? 'not enrolled',
    'This till': sync?.deviceState ?? 'not enrolled',
    Connection: sync?.isOnline === true ? 'on line' : 'off line',
    'Last contact': sync?.lastContactAt ?? 'never',
    'Not yet sent': sync?.unsentEntryCount ?? 0,
    'All sent': sync?.isAllSent === true ? 'yes' : 'no',
    'Under review': sync?.underReviewCount ?? 0,
    Problem: sync?.problem?.code ?? 'none',
  });
}

function describeClock({ snapshot }: DiagnosticFacts): Section {
  const { now, clock } = snapshot;
  return section('Clock', {
    Now: now,
    Trusted: clock.isTrusted ? 'yes' : `no, not before ${clock.notBefore}`,
    'Ahead of this computer': clock.offsetMs === null ? 'not known' : `${clock.offsetMs} ms`,
  });
}

function describePrinter({ snapshot }: DiagnosticFacts): Section {
  const { printer, openTickets } = snapshot;
  return section('Printer', {
    Unit: printer.unit,
    Condition: printer.condition,
    'Tickets to settle': openTickets.length,
  });
}

function describeNumbers({ snapshot: { selling } }: DiagnosticFacts): Section {
  return section('Numbers', {
    Raffle: selling?.eventIdentifier ?? 'none chosen',
    'Draw numbers left': selling?.numbersLeft ?? 0,
    'Sales left': selling?.salesLeft ?? 0,
  });
}
