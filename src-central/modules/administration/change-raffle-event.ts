import { eq } from 'drizzle-orm';
import type { RaffleEventId, VenueId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import type { Transaction, transactAs } from '../../db/database.ts';
import { databaseFaultOf } from '../../db/database-fault.ts';
import { raffleEventNumberPools, raffleEvents } from '../../db/schema/raffle-events.ts';
import { transactAgain } from '../../db/transact-again.ts';
import type { NumberPlan, RaffleEventConfiguration } from '../../raffle-event-settings.ts';
import { giveReason, type RaffleEventRefusal, refuseChange } from './raffle-event-changes.ts';

/** What of a raffle event is to be different. */
export interface RaffleEventChange {
  readonly name?: string;
  readonly eventIdentifier?: string;
  readonly venueId?: VenueId | null;
  readonly configuration?: RaffleEventConfiguration;
  readonly numberPlan?: NumberPlan;
}

/**
 * Changes a raffle event, for a reason that is kept.
 *
 * Before the start anything may change. Afterwards only the end of sales does: earlier, or later if
 * the profile says so, and only before it is reached. Any other attempt is refused by the database,
 * and noted as a critical event (GLI-31 2.2.3).
 */
export function changeRaffleEvent(
  central: Central,
  actor: Parameters<typeof transactAs>[1],
  raffleEventId: RaffleEventId,
  change: RaffleEventChange,
  reason: string,
): Promise<Result<undefined, RaffleEventRefusal>> {
  return transactAgain(central.database, actor, async (transaction) => {
    await giveReason(transaction, reason);
    try {
      return await transaction.transaction((attempt) =>
        applyChange(central, attempt, raffleEventId, change),
      );
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return refuseChange(transaction, raffleEventId, refusal, { ...change, reason });
    }
  });
}

async function applyChange(
  central: Central,
  transaction: Transaction,
  raffleEventId: RaffleEventId,
  { numberPlan, ...change }: RaffleEventChange,
): Promise<Result<undefined, RaffleEventRefusal>> {
  const changed = await transaction
    .update(raffleEvents)
    .set({
      ...change,
      ...(numberPlan === undefined ? {} : { ticketAllocation: numberPlan }),
      updatedAt: central.now(),
    })
    .where(eq(raffleEvents.id, raffleEventId))
    .returning({ id: raffleEvents.id });
  if (changed.length === 0) {
    const refusal = { code: 'raffle-event.unknown', detail: 'no such raffle event' } as const;
    return refuseChange(transaction, raffleEventId, refusal, change);
  }
  if (numberPlan !== undefined) {
    const { from, to } = numberPlan.numberSpace;
    await transaction
      .update(raffleEventNumberPools)
      .set({ nextNumber: from, endNumber: to })
      .where(eq(raffleEventNumberPools.raffleEventId, raffleEventId));
  }
  return ok(undefined);
}

function refusalOf(error: unknown): RaffleEventRefusal | undefined {
  switch (databaseFaultOf(error)?.constraint) {
    case 'ck_raffle_events_frozen':
      return {
        code: 'raffle-event.frozen',
        detail: 'only the end of sales changes after the start',
      };
    case 'ck_raffle_events_sales_end':
      return {
        code: 'raffle-event.sales-end-not-allowed',
        detail: 'the end of sales is reached, lies in the past, or may not move later',
      };
    default:
      return undefined;
  }
}
