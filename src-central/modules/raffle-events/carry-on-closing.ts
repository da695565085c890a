import { sql } from 'drizzle-orm';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import type { Central } from '../../central.ts';
import { rowsOf } from '../../db/rows.ts';
import type { StoredRaffleEventState } from '../../db/schema/raffle-events.ts';
import { transactAgain } from '../../db/transact-again.ts';
import { changeState } from './change-state.ts';
import { tillsOf } from './closing.ts';

/**
 * Ends raffle events whose end of sales is reached, and closes those for which no till is awaited any
 * more. Any number of API processes may do this at once.
 */
export async function carryOnClosing(central: Central): Promise<void> {
  const now = central.now().toISOString();
  const ended = await rowsOf<{ readonly id: RaffleEventId }>(
    central.database,
    sql`SELECT id FROM raffle_events WHERE state IN ('active', 'suspended')
        AND (configuration ->> 'salesEnd')::TIMESTAMPTZ <= ${now}::TIMESTAMPTZ`,
  );
  for (const { id } of ended) await step(central, id, 'closing', 'the end of sales is reached');
  const closing = await rowsOf<{ readonly id: RaffleEventId }>(
    central.database,
    sql`SELECT event.id FROM raffle_events event WHERE state = 'closing' AND NOT EXISTS (
          SELECT 1 FROM (${tillsOf(sql.raw('event.id'))}) AS till WHERE standing = 'awaited')`,
  );
  for (const { id } of closing) await step(central, id, 'closed', 'no till is awaited any more');
}

/** One step in a transaction of its own; refused where another process was first, and then done. */
async function step(
  central: Central,
  raffleEventId: RaffleEventId,
  to: StoredRaffleEventState,
  reason: string,
): Promise<void> {
  await transactAgain(central.database, 'central', (transaction) =>
    changeState(central, transaction, raffleEventId, to, reason),
  );
}
