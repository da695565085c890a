import { desc, eq, sql } from 'drizzle-orm';
import type { EntryBodyOf } from '#shared/contract/journal/entry-body.ts';
import type { SoldOrder, TakenNumbers } from '#shared/contract/journal/sale-entries.ts';
import type { ValidationBlockId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Appliers } from './appliers.ts';
import type { WritableDatabase } from './open-database.ts';
import { prepareInsert } from './prepare-insert.ts';
import { prepareUpdate } from './prepare-update.ts';
import {
  allocations,
  checkouts,
  orderNumbers,
  orders,
  payments,
  printJobs,
  raffleEvents,
  validationBlocks,
} from './schema.ts';

type Sale = EntryBodyOf<'sale.completed'>;

/** The entry that sells: checkout, payments, orders, numbers, print jobs and counters move as one. */
export function createSaleAppliers(database: WritableDatabase): Appliers<'sale.completed'> {
  const keepCheckout = createCheckoutKeeper(database);
  const insertPayment = prepareInsert(database, payments);
  const insertOrder = prepareInsert(database, orders);
  const insertPrintJob = prepareInsert(database, printJobs);
  const takeNumbers = createNumberTaker(database);
  const spendValidationNumber = createValidationNumberSpender(database);
  const countOrders = prepareOrderCount(database);

  const keepOrder = (order: SoldOrder, sale: Sale, seq: number): void => {
    const { numbers, ...sold } = order;
    const ordinal = insertOrder({ ...sold, seq, raffleEventId: sale.payload.raffleEventId });
    for (const [position, part] of numbers.entries()) takeNumbers(part, ordinal, position);
    spendValidationNumber(order.validationBlockId, order.validationSequence);
    insertPrintJob({
      printJobId: order.printJobId,
      orderOrdinal: ordinal,
      copyNumber: 0,
      attempts: 0,
      state: 'waiting',
      isSettled: false,
    });
  };

  return {
    'sale.completed': (sale, seq) => {
      const { raffleEventId, orders: sold, payments: paid, totalMinor } = sale.payload;
      keepCheckout(sale, seq);
      for (const [position, payment] of paid.entries())
        insertPayment({ ...payment, seq, position });
      for (const order of sold) keepOrder(order, sale, seq);
      countOrders.run({ raffleEventId, orderCount: sold.length, grossMinor: totalMinor });
    },
  };
}

function createCheckoutKeeper(database: WritableDatabase) {
  const insertCheckout = prepareInsert(database, checkouts);
  const findLast = database.orm
    .select({ count: checkouts.runningOrderCount, gross: checkouts.runningGrossMinor })
    .from(checkouts)
    .orderBy(desc(checkouts.seq))
    .limit(1)
    .prepare();

  return ({ payload, at, operatorId }: Sale, seq: number): void => {
    const { runningTotals, totalMinor } = payload;
    const before = findLast.get() ?? { count: 0, gross: 0 };
    invariant(
      runningTotals.orderCount === before.count + payload.orders.length &&
        runningTotals.grossMinor === before.gross + totalMinor,
      'the running totals of a sale must continue those before it',
    );
    insertCheckout({
      ...payload,
      seq,
      soldAt: at,
      operatorId,
      runningOrderCount: runningTotals.orderCount,
      runningGrossMinor: runningTotals.grossMinor,
    });
  };
}

function createNumberTaker(database: WritableDatabase) {
  const findAllocation = database.orm
    .select({ ordinal: allocations.ordinal, nextIndex: allocations.nextIndex })
    .from(allocations)
    .where(eq(allocations.allocationId, sql.placeholder('allocationId')))
    .prepare();
  const insertNumbers = prepareInsert(database, orderNumbers);
  const moveNextIndex = prepareUpdate(database, allocations, 'ordinal', ['nextIndex']);

  return (part: TakenNumbers, orderOrdinal: number, position: number): void => {
    const { from, to } = part.indices;
    const allocation = findAllocation.get({ allocationId: part.allocationId });
    invariant(
      allocation?.nextIndex === from,
      `allocation ${part.allocationId} does not go on at index ${from}`,
    );
    insertNumbers({
      allocationOrdinal: allocation.ordinal,
      firstIndex: from,
      endIndex: to,
      orderOrdinal,
      position,
    });
    moveNextIndex({ ordinal: allocation.ordinal, nextIndex: to });
  };
}

function createValidationNumberSpender(database: WritableDatabase) {
  const findNext = database.orm
    .select({ nextSequence: validationBlocks.nextSequence })
    .from(validationBlocks)
    .where(eq(validationBlocks.validationBlockId, sql.placeholder('validationBlockId')))
    .prepare();
  const moveNext = prepareUpdate(database, validationBlocks, 'validationBlockId', ['nextSequence']);

  return (validationBlockId: ValidationBlockId, sequence: number): void => {
    invariant(
      findNext.get({ validationBlockId })?.nextSequence === sequence,
      `validation block ${validationBlockId} does not go on at sequence ${sequence}`,
    );
    moveNext({ validationBlockId, nextSequence: sequence + 1 });
  };
}

function prepareOrderCount(database: WritableDatabase) {
  return database.orm
    .update(raffleEvents)
    .set({
      orderCount: sql`${raffleEvents.orderCount} + ${sql.placeholder('orderCount')}`,
      grossMinor: sql`${raffleEvents.grossMinor} + ${sql.placeholder('grossMinor')}`,
    })
    .where(eq(raffleEvents.raffleEventId, sql.placeholder('raffleEventId')))
    .prepare();
}
