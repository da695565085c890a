import type { Ledger } from '#main/application/ledger.ts';
import type { ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import type { PrintJobRow, TerminalRows } from '#main/ports/terminal-rows.ts';

/**
 * After a start: asks the printer about each ticket that was on its way when the last run ended.
 *
 * What the printer knows as printed is settled; every other open ticket is a question to a person.
 */
export function createRecallTickets(dependencies: {
  readonly rows: Pick<TerminalRows, 'openPrintJobs'>;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
  readonly printer: Pick<ReceiptPrinter, 'recall'>;
}): () => Promise<void> {
  const { rows, ledger, printer } = dependencies;
  return async () => {
    for (const { printJobId } of rows.openPrintJobs().filter(mayBePrinted)) {
      if ((await printer.recall(printJobId)) !== 'printed') continue;
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
