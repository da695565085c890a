import { sql } from 'drizzle-orm';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { databaseFaultOf } from '../../db/database-fault.ts';
import { giveReason } from '../../db/give-reason.ts';
import { rowsOf } from '../../db/rows.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { refuseChange } from './refuse-change.ts';

/**
 * Moves the end of sales of a raffle event that has started: earlier, or later if the profile says
 * so, and only before it is reached. The database keeps this rule, whoever writes; any other attempt
 * is refused and noted (GLI-31 2.2.3). A refusal leaves the transaction to be undone.
 */
export async function moveSalesEnd(
  central: Central,
  transaction: Transaction,
  raffleEventId: RaffleEventId,
  { salesEnd, reason }: { readonly salesEnd: Instant; readonly reason: string },
): Promise<Result<void, Problem>> {
  await giveReason(transaction, reason);
  try {
    const moved = await rowsOf(
      transaction,
      sql`UPDATE raffle_events SET
        configuration = configuration || jsonb_build_object('salesEnd', ${salesEnd}::TEXT),
        updated_at = ${central.now().toISOString()}::TIMESTAMPTZ,
        updated_by = actor_id(current_actor())
      WHERE id = ${raffleEventId} AND state <> 'created' RETURNING id`,
    );
    if (moved.length === 0) {
      return refuseWith('raffle-event.state-not-allowed', 'before the start, change all of it');
    }
  } catch (error) {
    if (databaseFaultOf(error)?.constraint !== 'ck_raffle_events_sales_end') throw error;
    const problem = {
      code: 'raffle-event.sales-end-not-allowed',
      detail: 'the end of sales is reached, lies in the past, or may not move later',
    } as const;
    return refuseChange(raffleEventId, problem, { salesEnd, reason });
  }
  await recordCriticalEvent(transaction, {
    type: 'raffle-event.sales-end-moved',
    severity: 'WARN',
    description: reason,
    raffleEventId,
    metadata: { salesEnd },
  });
  return ok(undefined);
}
