import { sql } from 'drizzle-orm';
import { type DrawNumber, drawNumber } from '#shared/kernel/draw-numbers.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Queryable } from '../../db/database.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';

/** The tickets of a raffle event that can win. */
export interface TicketsInPlay {
  /** Ascending. */
  readonly numbers: readonly DrawNumber[];
  /** What was paid for their orders, in minor units. */
  readonly netSales: number;
  /** How many of the numbers have an electronic counterfoil. */
  readonly counterfoilCount: number;
  /** Whether each number has exactly one, and each order as many as it was sold with (GLI-31 2.4.1). */
  readonly hasEveryCounterfoil: boolean;
}

/** Orders that wait for a person's decision. */
const HELD_ORDERS = sql`SELECT unnest(order_ids || subject_ids) FROM journal_quarantine
  WHERE state = 'open'`;

/**
 * Sold numbers whose sale nobody has to decide about: neither voided, misprinted, nor named by an open
 * quarantine (GLI-31 2.6.3, 4.4.1). Read in one statement, so that all counts are of one moment.
 */
export async function readTicketsInPlay(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<TicketsInPlay> {
  const row = await firstRowOf<TicketsRow>(
    database,
    sql`WITH counted AS (
        SELECT order_id, count(*) AS counterfoils FROM counterfoils
        WHERE raffle_event_id = ${raffleEventId} AND state = 'sold' AND order_id NOT IN (${HELD_ORDERS})
        GROUP BY order_id
      )
      SELECT coalesce(sum(total_amount), 0)::BIGINT AS "netSales",
        coalesce(sum(counterfoils), 0)::BIGINT AS "counterfoilCount",
        count(*) FILTER (WHERE counterfoils <> ticket_count) AS "unequalOrders",
        (SELECT coalesce(string_agg(draw_number::TEXT, ',' ORDER BY draw_number), '') FROM tickets
         WHERE event_id = ${raffleEventId} AND state = 'sold' AND order_id NOT IN (${HELD_ORDERS}))
          AS numbers
      FROM counted JOIN orders ON orders.id = counted.order_id`,
  );
  invariant(row !== undefined, 'a count has a row');
  const numbers = row.numbers === '' ? [] : row.numbers.split(',').map(Number).map(drawNumber);
  return {
    numbers,
    netSales: row.netSales,
    counterfoilCount: row.counterfoilCount,
    hasEveryCounterfoil: row.counterfoilCount === numbers.length && row.unequalOrders === 0,
  };
}

interface TicketsRow {
  readonly numbers: string;
  readonly netSales: number;
  readonly counterfoilCount: number;
  readonly unequalOrders: number;
}

/** Every number that has ever been drawn in a raffle event, also where a second draw took its place. */
export async function readDrawnNumbers(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<ReadonlySet<DrawNumber>> {
  const rows = await rowsOf<{ readonly number: number }>(
    database,
    sql`SELECT winning_number AS number FROM draw_results result
      JOIN draw_executions execution ON execution.id = result.draw_execution_id
      WHERE execution.raffle_event_id = ${raffleEventId}`,
  );
  return new Set(rows.map(({ number }) => drawNumber(number)));
}
