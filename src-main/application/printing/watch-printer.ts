import type { Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { ReceiptPrinter } from '#main/ports/receipt-printer.ts';

/**
 * Journals what the printer reports of itself: each new fault or warning, and its end (GLI-31 3.3.2).
 *
 * Returns a function that looks at the printer and records what is new.
 */
export function createPrinterWatch(dependencies: {
  readonly printer: Pick<ReceiptPrinter, 'standing'>;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
}): () => Promise<void> {
  const { printer, ledger } = dependencies;
  let noted: string = 'ready';
  return async () => {
    const { condition, unit } = printer.standing();
    if (condition === noted) return;
    noted = condition;
    const code = condition === 'ready' ? 'printer.recovered' : 'printer.fault';
    await ledger.recordByItself(
      'significant-event.noted',
      significantEvent(code, { condition, unit }),
    );
  };
}
