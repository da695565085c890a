import { sql } from 'drizzle-orm';
import type { NumberRange } from '#shared/kernel/draw-numbers.ts';
import type { Transaction } from '../../db/database.ts';
import { arrayParameter, firstRowOf, rowsOf } from '../../db/rows.ts';
import { drawFrom } from './deal-random-numbers.ts';

/**
 * The first numbers that a till gave back and nobody has, at most `count` in a row.
 *
 * The caller holds the raffle event's pool, so nobody else deals them meanwhile.
 */
export async function findReturnedRange(
  transaction: Transaction,
  raffleEventId: string,
  count: number,
): Promise<NumberRange | undefined> {
  const row = await firstRowOf<{ readonly from: number; readonly to: number }>(
    transaction,
    sql`WITH free AS (
        SELECT range_agg(int8range(returned_from, end_number::BIGINT + 1))
                 FILTER (WHERE returned_from IS NOT NULL)
               - range_agg(int8range(start_number, coalesce(returned_from::BIGINT, end_number::BIGINT + 1)))
                 AS ranges
        FROM rsu_allocations
        WHERE raffle_event_id = ${raffleEventId} AND number_mode = 'sequential'
      )
      SELECT lower(range) AS "from", LEAST(upper(range), lower(range) + ${count}) AS "to"
      FROM free CROSS JOIN LATERAL unnest(ranges) AS range
      ORDER BY lower(range) LIMIT 1`,
  );
  return row;
}

/** Up to `count` numbers, in unpredictable order, that tills gave back and nobody has. */
export async function listReturnedNumbers(
  transaction: Transaction,
  raffleEventId: string,
  count: number,
): Promise<number[]> {
  const rows = await rowsOf<{ readonly number: number }>(
    transaction,
    sql`SELECT draw_number AS number FROM rsu_allocation_numbers
      WHERE raffle_event_id = ${raffleEventId}
      GROUP BY draw_number HAVING bool_and(is_returned)`,
  );
  const free = rows.map(({ number }) => number);
  return drawFrom(free, Math.min(count, free.length));
}

/** Puts `numbers` into an allocation, in their order. */
export async function insertNumbers(
  transaction: Transaction,
  raffleEventId: string,
  allocationId: string,
  numbers: readonly number[],
): Promise<void> {
  await transaction.execute(sql`
    INSERT INTO rsu_allocation_numbers (raffle_event_id, draw_number, rsu_allocation_id, position)
    SELECT ${raffleEventId}, dealt.number, ${allocationId}, dealt.place - 1
    FROM unnest(${arrayParameter(numbers, 'int[]')}) WITH ORDINALITY AS dealt (number, place)`);
}
