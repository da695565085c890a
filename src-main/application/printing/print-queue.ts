import type { Ledger } from '#main/application/ledger.ts';
import type { Log } from '#main/ports/log.ts';
import type { PrintResult, ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { Timers } from '#main/ports/timers.ts';
import type { TicketDocument } from '#shared/domain/ticket-document.ts';
import type { PrintJobId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok } from '#shared/kernel/result.ts';

/** Prints committed tickets, one after the other. */
export interface PrintQueue {
  /** Takes jobs whose entries are flushed. They wait here until the printer is ready. */
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
 * proven not to have been sent is tried again; whatever nobody can know waits for a person.
 */
export function createPrintQueue(dependencies: PrintQueueDependencies): PrintQueue {
  const { printer, timers } = dependencies;
  const waiting: PrintJobId[] = [];
  let inFlight: PrintJobId | undefined;
  let pumping: Promise<void> | undefined;
  let isStopped = false;

  const unsubscribe = printer.onChange(pump);

  function pump(): void {
    if (pumping !== undefined || isStopped) return;
    pumping = printAll()
      .catch(dependencies.onFault)
      .finally(() => {
        pumping = undefined;
      });
  }

  async function printAll(): Promise<void> {
    while (!isStopped && printer.standing().isReady) {
      const printJobId = waiting[0];
      if (printJobId === undefined) return;
      inFlight = printJobId;
      const isSettled = await printOne(dependencies, printJobId).finally(() => {
        inFlight = undefined;
      });
      if (isSettled) waiting.shift();
      dependencies.onChanged();
      if (!isSettled) {
        timers.after(RETRY_MS, pump);
        return;
      }
    }
  }

  return {
    add(printJobIds) {
      waiting.push(...printJobIds);
      pump();
    },
    stageOf(printJobId) {
      if (inFlight === printJobId) return 'printing';
      return waiting.includes(printJobId) ? 'waiting' : undefined;
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

/** A printer that throws may have sent anything. */
function explain(log: Log, error: unknown): PrintResult {
  log.error({ error }, 'the printer driver failed');
  return { outcome: 'unknown', detail: 'the printer driver failed' };
}
