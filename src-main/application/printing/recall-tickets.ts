import type { Ledger } from '#main/application/ledger.ts';
import type { Log } from '#main/ports/log.ts';
import type { ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import type { PrintJobRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { PrintJobId } from '#shared/kernel/ids.ts';

/**
 * After a start: asks the printer about each ticket that was on its way when the last run ended.
 *
 * What the printer knows as printed is settled; every other open ticket is a question to a person,
 * also if the printer cannot be asked.
 */
export function createRecallTickets(dependencies: {
  readonly rows: Pick<TerminalRows, 'openPrintJobs'>;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
  readonly printer: Pick<ReceiptPrinter, 'recall'>;
  readonly log: Log;
}): () => Promise<void> {
  const { rows, ledger, printer, log } = dependencies;

  async function isKnownAsPrinted(printJobId: PrintJobId): Promise<boolean> {
    try {
      return (await printer.recall(printJobId)) === 'printed';
    } catch (error) {
      log.error({ error }, 'the printer could not be asked about a ticket');
      return false;
    }
  }

  return async () => {
    for (const { printJobId } of rows.openPrintJobs().filter(mayBePrinted)) {
      if (!(await isKnownAsPrinted(printJobId))) continue;
      await ledger.recordByItself('print.finished', {
        printJobId,
        outcome: 'printed',
        detail: 'known to the printer after a restart',
      });
    }
  };
}

function mayBePrinted({ state }: PrintJobRow): boolean {
  return state.kind === 'started' || (state.kind === 'finished' && state.outcome === 'unknown');
}
