import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { AnyDatabase } from './open-database.ts';
import { orders, quarantineNotes, raffleEvents, resolutions, syncNotes } from './schema.ts';

/**
 * Counts the orders of a raffle event.
 *
 * The screen asks many times a second, so nothing here grows with the orders that are done with: all
 * of them are counted on the raffle event's row, and the others are few.
 */
export function createOrderCountRows(database: AnyDatabase): Pick<TerminalRows, 'orderCounts'> {
  const ofRaffleEvent = eq(raffleEvents.raffleEventId, sql.placeholder('raffleEventId'));
  const countAll = database.orm
    .select({ orderCount: raffleEvents.orderCount })
    .from(raffleEvents)
    .where(ofRaffleEvent)
    .prepare();
  // The plus keeps SQLite off the index of the whole raffle event: the index by entry is shorter.
  const isOfRaffleEvent = sql`+${orders.raffleEventId} = ${sql.placeholder('raffleEventId')}`;
  const countUnsent = database.orm
    .select({
      unsentOrderCount: sql<number>`count(*)`,
      unsentValueMinor: sql<number>`coalesce(sum(${orders.amountMinor}), 0)`,
    })
    .from(orders)
    .where(
      and(
        gt(orders.seq, sql`coalesce((SELECT ${syncNotes.acknowledgedSeq} FROM ${syncNotes}), 0)`),
        isOfRaffleEvent,
      ),
    )
    .prepare();
  const countResolutions = database.orm
    .select({ count: sql<number>`count(*)` })
    .from(resolutions)
    .innerJoin(orders, eq(orders.orderId, resolutions.orderId))
    .where(and(sql`${resolutions.outcome} = 'under-review'`, isOfRaffleEvent))
    .prepare();
  const countQuarantined = database.orm
    .select({ count: sql<number>`count(*)` })
    .from(quarantineNotes)
    .innerJoin(orders, eq(orders.seq, quarantineNotes.seq))
    .leftJoin(resolutions, eq(resolutions.orderId, orders.orderId))
    .where(and(isNull(resolutions.orderId), isOfRaffleEvent))
    .prepare();

  return {
    orderCounts: (raffleEventId) => {
      const asked = { raffleEventId };
      const unsent = countUnsent.get(asked);
      return {
        orderCount: countAll.get(asked)?.orderCount ?? 0,
        unsentOrderCount: unsent?.unsentOrderCount ?? 0,
        unsentValueMinor: unsent?.unsentValueMinor ?? 0,
        underReviewCount:
          (countResolutions.get(asked)?.count ?? 0) + (countQuarantined.get(asked)?.count ?? 0),
      };
    },
  };
}
