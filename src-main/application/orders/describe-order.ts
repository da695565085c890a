import { numbersOfParts } from '#main/application/sale/number-source.ts';
import type { OrderRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { OrderSummary } from '#shared/contract/terminal/orders.ts';
import type { TicketProgress } from '#shared/contract/terminal/snapshot.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { money } from '#shared/kernel/money.ts';

/** What describing an order takes besides its row. */
export interface OrderSetting {
  readonly rows: Pick<TerminalRows, 'allocations' | 'operator'>;
  /** The last sequence that the central has acknowledged. */
  readonly acknowledgedSeq: number;
  progressOf(order: OrderRow): TicketProgress;
}

/** An order as the list shows it. */
export function summaryOf(row: OrderRow, setting: OrderSetting): OrderSummary {
  const [firstDrawNumber] = drawNumbersOfOrder(row, setting.rows);
  invariant(firstDrawNumber !== undefined, 'an order has draw numbers');
  return {
    orderId: row.order.orderId,
    checkoutId: row.checkoutId,
    validationNumber: row.order.validationNumber,
    packageName: row.order.packageName,
    numberCount: row.order.numberCount,
    firstDrawNumber,
    amount: money(row.order.amountMinor, row.currency),
    soldAt: row.soldAt,
    sellerName: sellerOf(row, setting.rows),
    standing: standingOf(row, setting.acknowledgedSeq),
    ticket: setting.progressOf(row),
    reprintCount: row.printJobs.filter(({ copyNumber }) => copyNumber > 0).length,
  };
}

/** The draw numbers of an order, as printed. */
export function drawNumbersOfOrder(
  { order, raffleEventId }: OrderRow,
  rows: Pick<TerminalRows, 'allocations'>,
): number[] {
  const dealt = new Map(
    rows
      .allocations(raffleEventId)
      .map(({ allocation }) => [allocation.allocationId, allocation] as const),
  );
  return numbersOfParts(dealt, order.numbers);
}

function sellerOf({ operatorId }: OrderRow, rows: Pick<TerminalRows, 'operator'>): string {
  const seller = operatorId === null ? undefined : rows.operator(operatorId);
  return seller?.operator.displayName ?? '';
}

function standingOf(row: OrderRow, acknowledgedSeq: number): OrderSummary['standing'] {
  if (row.review?.isOpen === true) return 'under-review';
  return row.seq <= acknowledgedSeq ? 'sent' : 'saved';
}
