import type { PrintRequest, PrintResult, ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import type { PrinterStanding } from '#shared/contract/terminal/snapshot.ts';
import type { PrintJobId } from '#shared/kernel/ids.ts';

type Condition = PrinterStanding['condition'];

/** A printer that does what a test scripts; by itself it prints everything at once. */
export interface FakePrinter extends ReceiptPrinter {
  /** Every ticket it was asked to print, in order. */
  readonly requests: () => readonly PrintRequest[];
  setCondition(condition: Condition): void;
  /** How the next tickets end, in order; then they print again. */
  script(...results: readonly (PrintResult['outcome'] | 'hang' | 'throw')[]): void;
  /** What the printer remembers as printed after a restart. */
  remember(printJobId: PrintJobId): void;
}

const READY: readonly Condition[] = ['ready', 'paper-low', 'battery-low'];

/** Makes a printer that is ready. */
export function createFakePrinter(): FakePrinter {
  const requests: PrintRequest[] = [];
  const listeners = new Set<() => void>();
  const remembered = new Set<PrintJobId>();
  const script: (PrintResult['outcome'] | 'hang' | 'throw')[] = [];
  let condition: Condition = 'ready';
  return {
    requests: () => requests,
    standing: () => ({ unit: 'Printer 1', condition, isReady: READY.includes(condition) }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async print(request) {
      requests.push(request);
      const outcome = script.shift() ?? 'printed';
      if (outcome === 'hang') return new Promise(() => {});
      if (outcome === 'throw') throw new Error('driver broke');
      return { outcome, detail: `it was ${outcome}` };
    },
    recall: async (printJobId) => (remembered.has(printJobId) ? 'printed' : 'unknown'),
    close: async () => {},
    setCondition(next) {
      condition = next;
      for (const listener of listeners) listener();
    },
    script(...results) {
      script.push(...results);
    },
    remember(printJobId) {
      remembered.add(printJobId);
    },
  };
}
