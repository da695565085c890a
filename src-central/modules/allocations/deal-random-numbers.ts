import { randomInt } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { type NumberRange, rangeSize } from '#shared/kernel/draw-numbers.ts';
import type { Transaction } from '../../db/database.ts';
import { arrayParameter, firstRowOf, rowsOf } from '../../db/rows.ts';

/** Below this share of free numbers, guessing takes longer than listing what is free. */
const GUESSING_SHARE = 0.25;

/**
 * Deals `count` numbers of `space`, unpredictable and in unpredictable order, to an allocation.
 *
 * The caller holds the raffle event's pool, and has made sure that so many are free.
 */
export async function dealRandomNumbers(
  transaction: Transaction,
  raffleEventId: string,
  allocationId: string,
  space: NumberRange,
  count: number,
): Promise<void> {
  let dealt = 0;
  while (dealt < count) {
    const candidates = await chooseCandidates(transaction, raffleEventId, space, count - dealt);
    const [row] = await rowsOf<{ inserted: number }>(
      transaction,
      sql`WITH inserted AS (
          INSERT INTO rsu_allocation_numbers (raffle_event_id, draw_number, rsu_allocation_id, position)
          SELECT ${raffleEventId}, candidate.number, ${allocationId}, ${dealt}::INTEGER - 1 +
                 row_number() OVER (ORDER BY candidate.place)
          FROM unnest(${arrayParameter(candidates, 'int[]')}) WITH ORDINALITY AS candidate (number, place)
          WHERE NOT EXISTS (SELECT 1 FROM rsu_allocation_numbers taken
                            WHERE taken.raffle_event_id = ${raffleEventId}
                              AND taken.draw_number = candidate.number)
          RETURNING 1
        ) SELECT count(*) AS inserted FROM inserted`,
    );
    dealt += row?.inserted ?? 0;
  }
}

/** How many numbers of `space` no till has ever had. */
export async function countFreeNumbers(
  transaction: Transaction,
  raffleEventId: string,
  space: NumberRange,
): Promise<number> {
  const row = await firstRowOf<{ dealt: number }>(
    transaction,
    sql`SELECT count(DISTINCT draw_number) AS dealt FROM rsu_allocation_numbers WHERE raffle_event_id = ${raffleEventId}`,
  );
  return rangeSize(space) - (row?.dealt ?? 0);
}

async function chooseCandidates(
  transaction: Transaction,
  raffleEventId: string,
  space: NumberRange,
  count: number,
): Promise<number[]> {
  const free = await countFreeNumbers(transaction, raffleEventId, space);
  return free / rangeSize(space) >= GUESSING_SHARE
    ? guess(space, count)
    : drawFrom(await listFree(transaction, raffleEventId, space), count);
}

function guess(space: NumberRange, count: number): number[] {
  const guesses = new Set<number>();
  while (guesses.size < count) guesses.add(randomInt(space.from, space.to));
  return [...guesses];
}

async function listFree(
  transaction: Transaction,
  raffleEventId: string,
  space: NumberRange,
): Promise<number[]> {
  const rows = await rowsOf<{ number: number }>(
    transaction,
    sql`SELECT number FROM generate_series(${space.from}::INTEGER, ${space.to - 1}::INTEGER) AS number
      EXCEPT SELECT draw_number FROM rsu_allocation_numbers WHERE raffle_event_id = ${raffleEventId}`,
  );
  return rows.map(({ number }) => number);
}

/** `count` of `numbers` in unpredictable order (the beginning of a Fisher-Yates shuffle). */
export function drawFrom(numbers: number[], count: number): number[] {
  for (let index = 0; index < count; index += 1) {
    const other = randomInt(index, numbers.length);
    const chosen = numbers[other] ?? 0;
    numbers[other] = numbers[index] ?? 0;
    numbers[index] = chosen;
  }
  return numbers.slice(0, count);
}
