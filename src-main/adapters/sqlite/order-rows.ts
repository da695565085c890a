import { and, desc, eq, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { OrderPage, OrderRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import { LARGEST_DRAW_NUMBER } from '#shared/kernel/draw-numbers.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import type { AnyDatabase } from './open-database.ts';
import { createPrintJobRows } from './print-job-rows.ts';
import { checkouts, orderNumbers, orders, quarantineNotes, resolutions } from './schema.ts';
import { createTakenNumberRows } from './taken-number-rows.ts';

type OrderRows = Pick<TerminalRows, 'order' | 'findOrders'>;

/** Fewer digits than this name a draw number only: they are part of too many validation numbers. */
const FEWEST_VALIDATION_DIGITS = 4;

/** Reads orders with all that a list or a ticket needs of them. */
export function createOrderRows(database: AnyDatabase): OrderRows {
  const find = prepareOrders(database, eq(orders.orderId, sql.placeholder('orderId')));
  const list = prepareOrders(database, pageCondition());
  const search = prepareOrders(
    database,
    and(
      pageCondition(),
      or(
        eq(orders.ordinal, sql.placeholder('holderOrdinal')),
        sql`(${sql.placeholder('validationPart')} <> '' AND instr(${orders.validationNumber}, ${sql.placeholder('validationPart')}) > 0)`,
      ),
    ),
  );
  const findHolder = createHolderSearch(database);
  const complete = createOrderCompleter(database);

  const page = ({ raffleEventId, ...query }: Parameters<OrderRows['findOrders']>[0]) => {
    const digits = query.search.replaceAll(/\D/g, '');
    const range = {
      raffleEventId,
      before: query.cursor === null ? Number.MAX_SAFE_INTEGER : Number(query.cursor),
      limit: query.limit + 1,
    };
    if (query.search.trim() === '') return list.all(range);
    if (digits === '') return [];
    return search.all({
      ...range,
      holderOrdinal: findHolder(raffleEventId, digits) ?? 0,
      validationPart: digits.length >= FEWEST_VALIDATION_DIGITS ? digits : '',
    });
  };

  return {
    order: (orderId) => {
      const found = find.get({ orderId, limit: 1 });
      return found && complete(found);
    },
    findOrders: (query): OrderPage => {
      const found = page(query);
      const shown = found.slice(0, query.limit);
      const last = shown.at(-1);
      const hasMore = found.length > shown.length;
      return {
        orders: shown.map(complete),
        nextCursor: hasMore && last !== undefined ? `${last.order.ordinal}` : null,
      };
    },
  };
}

type FoundOrder = ReturnType<ReturnType<typeof prepareOrders>['all']>[number];

function pageCondition() {
  return and(
    eq(orders.raffleEventId, sql.placeholder('raffleEventId')),
    lt(orders.ordinal, sql.placeholder('before')),
  );
}

function prepareOrders(database: AnyDatabase, condition: SQL | undefined) {
  return database.orm
    .select({
      order: orders,
      checkoutId: checkouts.checkoutId,
      currency: checkouts.currency,
      soldAt: checkouts.soldAt,
      operatorId: checkouts.operatorId,
      resolution: { outcome: resolutions.outcome, reason: resolutions.reason },
      quarantineReason: quarantineNotes.reason,
    })
    .from(orders)
    .innerJoin(checkouts, eq(checkouts.seq, orders.seq))
    .leftJoin(resolutions, eq(resolutions.orderId, orders.orderId))
    .leftJoin(quarantineNotes, eq(quarantineNotes.seq, orders.seq))
    .where(condition)
    .orderBy(desc(orders.ordinal))
    .limit(sql.placeholder('limit'))
    .prepare();
}

/** A function that adds numbers and print jobs to a found order. */
function createOrderCompleter(database: AnyDatabase) {
  const numbersOf = createTakenNumberRows(database);
  const printJobs = createPrintJobRows(database);

  return (found: FoundOrder): OrderRow => {
    const { ordinal, seq, raffleEventId, ...sold } = found.order;
    return {
      order: { ...sold, numbers: numbersOf(ordinal) },
      checkoutId: found.checkoutId,
      raffleEventId,
      currency: found.currency,
      soldAt: found.soldAt,
      operatorId: found.operatorId,
      seq,
      printJobs: printJobs.ofOrder(ordinal),
      review: reviewOf(found),
    };
  };
}

/** A resolution from the mirror is newer than the verdict that the upload got. */
function reviewOf({ resolution, quarantineReason }: FoundOrder): OrderRow['review'] {
  if (resolution !== null) {
    return { isOpen: resolution.outcome === 'under-review', reason: resolution.reason };
  }
  return quarantineReason === null ? null : { isOpen: true, reason: quarantineReason };
}

/**
 * A function that finds the order holding a draw number.
 *
 * Orders hold ranges of indices: the number is first looked up in the allocations, then its index in
 * the ranges, so the number of orders does not matter.
 */
function createHolderSearch(database: AnyDatabase) {
  const findPlaces = database.client.prepare<
    { readonly raffleEventId: RaffleEventId; readonly drawNumber: number },
    { readonly ordinal: number; readonly number_index: number }
  >(`
    SELECT ordinal, @drawNumber AS number_index FROM allocations
    WHERE raffle_event_id = @raffleEventId AND mode = 'sequential'
      AND first_index <= @drawNumber AND @drawNumber < end_index
    UNION ALL
    SELECT ordinal, first_index + number.key FROM allocations, json_each(numbers) AS number
    WHERE raffle_event_id = @raffleEventId AND mode = 'random' AND number.value = @drawNumber
  `);
  const findRange = database.orm
    .select({ orderOrdinal: orderNumbers.orderOrdinal, endIndex: orderNumbers.endIndex })
    .from(orderNumbers)
    .where(
      and(
        eq(orderNumbers.allocationOrdinal, sql.placeholder('allocationOrdinal')),
        lte(orderNumbers.firstIndex, sql.placeholder('index')),
      ),
    )
    .orderBy(desc(orderNumbers.firstIndex))
    .limit(1)
    .prepare();

  return (raffleEventId: RaffleEventId, digits: string): number | undefined => {
    const drawNumber = Number(digits);
    if (drawNumber > LARGEST_DRAW_NUMBER) return undefined;
    for (const place of findPlaces.all({ raffleEventId, drawNumber })) {
      const range = findRange.get({ allocationOrdinal: place.ordinal, index: place.number_index });
      if (range !== undefined && range.endIndex > place.number_index) return range.orderOrdinal;
    }
    return undefined;
  };
}
