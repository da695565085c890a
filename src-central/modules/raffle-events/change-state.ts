import { eq, sql } from 'drizzle-orm';
import type { RaffleEventStateChange } from '#shared/contract/central/people/raffle-events.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { giveReason } from '../../db/give-reason.ts';
import { raffleEvents, type StoredRaffleEventState } from '../../db/schema/raffle-events.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { isClosingAwaited } from './closing.ts';
import { readStartObstacles } from './read-raffle-event.ts';
import { refuseChange } from './refuse-change.ts';
import { isStoredStateChangeAllowed } from './stored-state-changes.ts';

/**
 * Moves a raffle event to another state, for a reason that is kept; the history and the tills learn
 * of it.
 *
 * Refuses a state that may not follow the present one, and a start while anything is missing; the
 * attempt is noted.
 */
export async function changeState(
  central: Central,
  transaction: Transaction,
  raffleEventId: RaffleEventId,
  to: StoredRaffleEventState,
  reason: string,
): Promise<Result<void, Problem>> {
  const [row] = await transaction
    .select({ state: raffleEvents.state })
    .from(raffleEvents)
    .where(eq(raffleEvents.id, raffleEventId))
    .for('no key update');
  if (row === undefined) return refuseWith('thing.unknown', 'no such raffle event');
  if (!isStoredStateChangeAllowed(row.state, to)) {
    const detail = `a raffle event that is ${row.state} does not become ${to}`;
    const problem = { code: 'raffle-event.state-not-allowed', detail } as const;
    return refuseChange(raffleEventId, problem, { to, reason });
  }
  const missing =
    row.state === 'created' && to === 'active'
      ? await readStartObstacles(central, transaction, raffleEventId)
      : [];
  if (missing.length > 0) {
    const problem = {
      code: 'raffle-event.incomplete',
      detail: missing.join(', '),
      missing,
    } as const;
    return refuseChange(raffleEventId, problem, { to, reason });
  }
  await writeState(central, transaction, raffleEventId, { from: row.state, to, reason });
  return ok(undefined);
}

/**
 * What a person asks for. A close takes two steps: `closing` at once, `closed` when no till is
 * awaited any more, which may be at once too.
 */
export async function changeStateForPerson(
  central: Central,
  transaction: Transaction,
  raffleEventId: RaffleEventId,
  { to, reason }: RaffleEventStateChange,
): Promise<Result<void, Problem>> {
  if (to !== 'closed') return changeState(central, transaction, raffleEventId, to, reason);
  const closing = await changeState(central, transaction, raffleEventId, 'closing', reason);
  if (!closing.ok || (await isClosingAwaited(transaction, raffleEventId))) return closing;
  return changeState(central, transaction, raffleEventId, 'closed', reason);
}

async function writeState(
  central: Central,
  transaction: Transaction,
  raffleEventId: RaffleEventId,
  step: {
    readonly from: StoredRaffleEventState;
    readonly to: StoredRaffleEventState;
    readonly reason: string;
  },
): Promise<void> {
  await giveReason(transaction, step.reason);
  await transaction
    .update(raffleEvents)
    .set({
      state: step.to,
      updatedAt: central.now(),
      updatedBy: sql`actor_id(current_actor())`,
    })
    .where(eq(raffleEvents.id, raffleEventId));
  await recordCriticalEvent(transaction, {
    type: `raffle-event.${step.to}`,
    severity: step.to === 'cancelled' ? 'WARN' : 'INFO',
    description: step.reason,
    raffleEventId,
    metadata: { from: step.from },
  });
}
