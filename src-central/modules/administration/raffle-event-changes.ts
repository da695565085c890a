import { sql } from 'drizzle-orm';
import { isStateChangeAllowed } from '#shared/domain/raffle-event-state.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { type Refused, refuse } from '#shared/kernel/result.ts';
import type { Transaction } from '../../db/database.ts';
import type { StoredRaffleEventState } from '../../db/schema/raffle-events.ts';
import { stateForTills } from '../devices/control.ts';

/** Why a raffle event is not changed. */
export interface RaffleEventRefusal {
  readonly code:
    | 'raffle-event.unknown'
    | 'raffle-event.state-not-allowed'
    | 'raffle-event.frozen'
    | 'raffle-event.sales-end-not-allowed';
  /** For people and logs. */
  readonly detail: string;
}

/** What the central records after the end of sales, in order. Tills see none of it. */
const AFTER_THE_END: readonly StoredRaffleEventState[] = [
  'closing',
  'closed',
  'reconciled',
  'drawn',
];

/**
 * Whether a raffle event may go from one stored state straight to another. For states that tills
 * know, the rule that tills share; after the end of sales, one step at a time.
 */
export function isStoredStateChangeAllowed(
  from: StoredRaffleEventState,
  to: StoredRaffleEventState,
): boolean {
  const step = AFTER_THE_END.indexOf(to);
  if (AFTER_THE_END.includes(from)) return step > 0 && AFTER_THE_END[step - 1] === from;
  return step <= 1 && isStateChangeAllowed(stateForTills(from), stateForTills(to));
}

/** Says for the rest of the transaction why something is done; the histories keep it. */
export async function giveReason(transaction: Transaction, reason: string): Promise<void> {
  await transaction.execute(sql`SELECT set_config('counterfoil.reason', ${reason}, TRUE)`);
}

/**
 * Refuses a change of a raffle event, and notes the attempt as a critical event: who, when and what
 * (GLI-31 2.2.3).
 */
export async function refuseChange(
  transaction: Transaction,
  raffleEventId: RaffleEventId,
  refusal: RaffleEventRefusal,
  attempted: object,
): Promise<Refused<RaffleEventRefusal>> {
  const attempt = JSON.stringify({ code: refusal.code, attempted });
  await transaction.execute(sql`
    INSERT INTO critical_events (event_type, event_id, user_id, severity, description, metadata, component_id)
    VALUES ('raffle-event.change-refused', ${raffleEventId}, actor_id(current_actor()), 'WARN',
        ${refusal.detail}, ${attempt}::JSONB || jsonb_build_object('actor', current_actor()), 'central')`);
  return refuse(refusal);
}
