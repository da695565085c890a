import type { Ledger } from '#main/application/ledger.ts';
import type { Log } from '#main/ports/log.ts';
import type { PrintResult, ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import type { PrintJobRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { Timers } from '#main/ports/timers.ts';
import type { TicketDocument } from '#shared/domain/ticket-document.ts';
import type { PrintJobId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok } from '#shared/kernel/result.ts';

/** Prints committed tickets, one after the other. */
export interface PrintQueue {
  /**
   * Makes new jobs known whose entries are on their way to the second file, so that nobody is asked
   * about them meanwhile. A job that is then not kept does no harm.
   */
  expect(printJobIds: readonly PrintJobId[]): void;
  /**
   * Takes jobs whose entries are flushed. They wait here until the printer is ready. A job that is
   * here already, or on paper, is printed once.
   */
  add(printJobIds: readonly PrintJobId[]): void;
  /** What this run is doing with a job; `undefined` if it has nothing to do with it. */
  stageOf(printJobId: PrintJobId): 'waiting' | 'printing' | undefined;
  /** Takes no further job; resolves when the one in flight has ended. */
  stop(): Promise<void>;
}

/** What printing works with. */
export interface PrintQueueDependencies {
  readonly rows: Pick<TerminalRows, 'printJob'>;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly printer: ReceiptPrinter;
  readonly timers: Pick<Timers, 'after'>;
  readonly log: Log;
  /** What goes on paper for a job: the original, or a copy marked as one. */
  documentOf(printJobId: PrintJobId): TicketDocument;
  onChanged(): void;
  onFault(error: unknown): void;
}

/** Before a job is tried again of which nothing was sent although the printer said it was ready. */
const RETRY_MS = 2_000;
const LONGEST_DETAIL = 200;

/**
 * Makes the print queue of one run.
 *
 * A job is journaled as started before its first byte leaves and as finished with what the printer
 * said; a crash at any point comes back as a question about that ticket (GLI-31 3.3.1a). What was
 * proven not to have been sent is tried again; whatever nobody can know, and a job that cannot be
 * printed at all, waits for a person and holds up no other ticket.
 */
export function createPrintQueue(dependencies: PrintQueueDependencies): PrintQueue {
  const { printer, timers } = dependencies;
  const expected = new Set<PrintJobId>();
  const waiting: PrintJobId[] = [];
  let inFlight: PrintJobId | undefined;
  let isPumping = false;
  let pumping: Promise<void> = Promise.resolve();
  let isStopped = false;

  const unsubscribe = printer.onChange(pump);

  function pump(): void {
    if (isPumping || isStopped) return;
    isPumping = true;
    pumping = printAll().catch(dependencies.onFault);
  }

  async function printAll(): Promise<void> {
    try {
      while (!isStopped && printer.standing().isReady) {
        const printJobId = waiting[0];
        if (printJobId === undefined) return;
        if (!(await printNext(printJobId))) {
          timers.after(RETRY_MS, pump);
          return;
        }
      }
    } finally {
      // Not a turn later: a job that is added in between would wait for the next one.
      isPumping = false;
    }
  }

  async function printNext(printJobId: PrintJobId): Promise<boolean> {
    inFlight = printJobId;
    const isSettled = await printOne(dependencies, printJobId).catch(settleByFault);
    inFlight = undefined;
    if (isSettled) waiting.shift();
    dependencies.onChanged();
    return isSettled;
  }

  function settleByFault(error: unknown): true {
    dependencies.onFault(error);
    return true;
  }

  return {
    expect(printJobIds) {
      for (const printJobId of printJobIds) expected.add(printJobId);
    },
    add(printJobIds) {
      for (const printJobId of printJobIds) {
        expected.delete(printJobId);
        if (!waiting.includes(printJobId)) waiting.push(printJobId);
      }
      pump();
    },
    stageOf(printJobId) {
      if (inFlight === printJobId) return 'printing';
      return expected.has(printJobId) || waiting.includes(printJobId) ? 'waiting' : undefined;
    },
    async stop() {
      isStopped = true;
      unsubscribe();
      await pumping;
    },
  };
}

/** True when the job is out of the queue's hands; false when it should be tried again. */
async function printOne(
  dependencies: PrintQueueDependencies,
  printJobId: PrintJobId,
): Promise<boolean> {
  const { rows, ledger, printer } = dependencies;
  const job = rows.printJob(printJobId);
  invariant(job !== undefined, `no row of print job ${printJobId}`);
  if (!isStillToPrint(job)) return true;
  const attempt = job.attempts + 1;
  const document = dependencies.documentOf(printJobId);
  const started = await ledger.commit(null, ({ record }) =>
    ok(record('print.started', { printJobId, attempt })),
  );
  if (!started.ok) return false;
  dependencies.onChanged();
  const { outcome, detail } = await printer
    .print({ printJobId, attempt, document })
    .catch((error: unknown) => explain(dependencies.log, error));
  await ledger.commit(null, ({ record }) =>
    ok(record('print.finished', { printJobId, outcome, detail: detail.slice(0, LONGEST_DETAIL) })),
  );
  return outcome !== 'not-sent';
}

/** Whether nothing of a job may be on paper, by all that is journaled of it. */
function isStillToPrint({ state }: PrintJobRow): boolean {
  if (state.kind === 'finished') return state.outcome === 'not-sent';
  return state.kind === 'waiting' || (state.kind === 'answered' && state.answer === 'nothing');
}

/** A printer that throws may have sent anything. */
function explain(log: Log, error: unknown): PrintResult {
  log.error({ error }, 'the printer driver failed');
  return { outcome: 'unknown', detail: 'the printer driver failed' };
}
