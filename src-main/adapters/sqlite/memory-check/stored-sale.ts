import { asc, eq, sql } from 'drizzle-orm';
import type { SaleCompleted, SoldOrder } from '#shared/contract/journal/sale-entries.ts';
import type { OperatorId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { minorUnits } from '#shared/kernel/money.ts';
import type { AnyDatabase } from '../open-database.ts';
import { checkouts, orders, payments } from '../schema.ts';
import { createTakenNumberRows } from '../taken-number-rows.ts';

/** A sale as the rows tell it, in the words of its entry. */
export interface StoredSale {
  readonly at: Instant;
  readonly operatorId: OperatorId | null;
  readonly payload: SaleCompleted;
}

/** A function that puts the sale of one entry together from its rows; `undefined` if it has none. */
export function createSaleReader(database: AnyDatabase): (seq: number) => StoredSale | undefined {
  const bySeq = sql.placeholder('seq');
  const findCheckout = database.orm
    .select()
    .from(checkouts)
    .where(eq(checkouts.seq, bySeq))
    .prepare();
  const listPayments = database.orm
    .select()
    .from(payments)
    .where(eq(payments.seq, bySeq))
    .orderBy(asc(payments.position))
    .prepare();
  const listOrders = database.orm
    .select()
    .from(orders)
    .where(eq(orders.seq, bySeq))
    .orderBy(asc(orders.ordinal))
    .prepare();
  const numbersOf = createTakenNumberRows(database);

  const orderOf = (row: typeof orders.$inferSelect): SoldOrder => {
    const { ordinal, seq: _, raffleEventId: __, ...order } = row;
    return { ...order, numbers: numbersOf(ordinal) };
  };

  return (seq) => {
    const checkout = findCheckout.get({ seq });
    if (checkout === undefined) return undefined;
    const { seq: _, soldAt, operatorId, runningOrderCount, runningGrossMinor, ...sale } = checkout;
    return {
      at: soldAt,
      operatorId,
      payload: {
        ...sale,
        totalMinor: minorUnits(sale.totalMinor),
        roundingMinor: minorUnits(sale.roundingMinor),
        orders: listOrders.all({ seq }).map(orderOf),
        payments: listPayments.all({ seq }).map(paymentOf),
        runningTotals: { orderCount: runningOrderCount, grossMinor: runningGrossMinor },
      },
    };
  };
}

function paymentOf(row: typeof payments.$inferSelect): SaleCompleted['payments'][number] {
  return {
    paymentId: row.paymentId,
    tender: row.tender,
    amountMinor: minorUnits(row.amountMinor),
    tenderedMinor: minorUnits(row.tenderedMinor),
    changeMinor: minorUnits(row.changeMinor),
  };
}
