import type { CheckoutRow, OrderRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type {
  CheckoutLine,
  SaleReceipt,
  TicketProgress,
} from '#shared/contract/terminal/snapshot.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { minorUnits } from '#shared/kernel/money.ts';
import { mergeLines } from './price-cart.ts';

/** What a finished checkout looks like now: the sale as it was, its tickets as they stand. */
export function saleReceiptOf(
  { sale, soldAt }: CheckoutRow,
  rows: Pick<TerminalRows, 'order'>,
  progressOf: (order: OrderRow) => TicketProgress,
): SaleReceipt {
  const sum = (amounts: readonly number[]) =>
    minorUnits(amounts.reduce((total, amount) => total + amount, 0));
  const units: CheckoutLine[] = sale.orders.map(({ packageId }) => ({ packageId, quantity: 1 }));
  return {
    checkoutId: sale.checkoutId,
    soldAt,
    currency: sale.currency,
    totalMinor: sale.totalMinor,
    roundingMinor: sale.roundingMinor,
    tenderedMinor: sum(sale.payments.map(({ tenderedMinor }) => tenderedMinor)),
    changeMinor: sum(sale.payments.map(({ changeMinor }) => changeMinor)),
    lines: mergeLines(units),
    tickets: sale.orders.map(({ orderId }) => {
      const order = rows.order(orderId);
      invariant(order !== undefined, `no row of order ${orderId}`);
      return progressOf(order);
    }),
  };
}
