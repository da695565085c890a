import { and, desc, eq, sql } from 'drizzle-orm';
import type { JurisdictionProfile } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { OrganisationId, PackageId, RaffleEventId, VenueId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import { type Database, type Transaction, transactAs } from '../../db/database.ts';
import {
  jurisdictionProfiles,
  prizes,
  raffleEventNumberPools,
  raffleEventProfiles,
  raffleEvents,
  type StoredRaffleEventState,
  ticketPackages,
} from '../../db/schema/raffle-events.ts';
import { transactAgain } from '../../db/transact-again.ts';
import {
  type NumberPlan,
  type RaffleEventConfiguration,
  raffleEventConfigurationSchema,
} from '../../raffle-event-settings.ts';
import {
  giveReason,
  isStoredStateChangeAllowed,
  type RaffleEventRefusal,
  refuseChange,
} from './raffle-event-changes.ts';

/** A raffle event to be set up. Amounts are in minor units of `currency`. */
export interface NewRaffleEvent {
  readonly organisationId: OrganisationId;
  readonly venueId: VenueId | null;
  readonly name: string;
  readonly eventIdentifier: string;
  readonly currency: string;
  readonly configuration: RaffleEventConfiguration;
  readonly numberPlan: NumberPlan;
  readonly profile: JurisdictionProfile;
  readonly packages: readonly {
    readonly name: string;
    readonly numberCount: number;
    readonly priceMinor: number;
  }[];
  readonly prizes: readonly {
    readonly name: string;
    readonly percentage: number;
    readonly capMinor: number | null;
  }[];
}

/** What a raffle event got. */
export interface CreatedRaffleEvent {
  readonly raffleEventId: RaffleEventId;
  readonly packageIds: readonly PackageId[];
}

/** Sets up a raffle event in the state `created`, with its own frozen copy of the profile. */
export function createRaffleEvent(
  central: Central,
  actor: string,
  event: NewRaffleEvent,
): Promise<CreatedRaffleEvent> {
  return transactAs(central.database, actor, async (transaction) => {
    const [row] = await transaction
      .insert(raffleEvents)
      .values({
        name: event.name,
        organizationId: event.organisationId,
        venueId: event.venueId,
        eventIdentifier: event.eventIdentifier,
        state: 'created',
        configuration: event.configuration,
        ticketAllocation: event.numberPlan,
      })
      .returning({ id: raffleEvents.id });
    invariant(row !== undefined, 'an insert returns its row');
    await freezeProfile(transaction, row.id, event);
    await transaction.insert(raffleEventNumberPools).values({
      raffleEventId: row.id,
      nextNumber: event.numberPlan.numberSpace.from,
      endNumber: event.numberPlan.numberSpace.to,
    });
    const packageIds = await addPackages(transaction, row.id, event);
    await addPrizes(transaction, row.id, event);
    return { raffleEventId: row.id as RaffleEventId, packageIds };
  });
}

/**
 * Moves a raffle event to another state, for a reason that is kept; the history and the tills learn
 * of it. Refuses a state that may not follow the present one, and notes that attempt.
 */
export function changeRaffleEventState(
  central: Central,
  actor: Parameters<typeof transactAs>[1],
  raffleEventId: RaffleEventId,
  state: StoredRaffleEventState,
  reason: string,
): Promise<Result<undefined, RaffleEventRefusal>> {
  return transactAgain(central.database, actor, async (transaction) => {
    const [row] = await transaction
      .select({ state: raffleEvents.state })
      .from(raffleEvents)
      .where(eq(raffleEvents.id, raffleEventId))
      .for('no key update');
    const refusal = findStateRefusal(row?.state, state);
    if (refusal !== undefined) {
      return refuseChange(transaction, raffleEventId, refusal, { state, reason });
    }
    await giveReason(transaction, reason);
    await transaction
      .update(raffleEvents)
      .set({ state, updatedAt: central.now() })
      .where(eq(raffleEvents.id, raffleEventId));
    return ok(undefined);
  });
}

function findStateRefusal(
  from: StoredRaffleEventState | undefined,
  to: StoredRaffleEventState,
): RaffleEventRefusal | undefined {
  if (from === undefined) return { code: 'raffle-event.unknown', detail: 'no such raffle event' };
  if (isStoredStateChangeAllowed(from, to)) return undefined;
  return {
    code: 'raffle-event.state-not-allowed',
    detail: `a raffle event that is ${from} does not become ${to}`,
  };
}

/** The newest raffle event of an organisation that is active, and when its sales end. */
export async function findActiveRaffleEvent(
  database: Database,
  organisationId: OrganisationId,
): Promise<{ readonly raffleEventId: RaffleEventId; readonly salesEnd: Date } | undefined> {
  const [row] = await database
    .select({ id: raffleEvents.id, configuration: raffleEvents.configuration })
    .from(raffleEvents)
    .where(and(eq(raffleEvents.organizationId, organisationId), eq(raffleEvents.state, 'active')))
    .orderBy(desc(raffleEvents.createdAt))
    .limit(1);
  if (row === undefined) return undefined;
  const { salesEnd } = raffleEventConfigurationSchema.parse(row.configuration);
  return { raffleEventId: row.id as RaffleEventId, salesEnd: new Date(salesEnd) };
}

/**
 * Folds the tills' own counters into `raffle_events.total_sold`.
 *
 * Apart from intake, so that no two tills ever wait for one counter row.
 */
export async function foldTotals(database: Database): Promise<void> {
  await database.execute(sql`
    UPDATE raffle_events event SET total_sold = folded.sold
    FROM (SELECT raffle_event_id, sum(ticket_count) AS sold FROM rsu_totals GROUP BY raffle_event_id) folded
    WHERE folded.raffle_event_id = event.id AND event.total_sold <> folded.sold`);
}

async function freezeProfile(
  transaction: Transaction,
  raffleEventId: string,
  event: NewRaffleEvent,
): Promise<void> {
  const { organisationId: organizationId, profile } = event;
  const [kept] = await transaction
    .insert(jurisdictionProfiles)
    .values({ organizationId, name: profile.name, profile })
    .onConflictDoUpdate({
      target: [jurisdictionProfiles.organizationId, jurisdictionProfiles.name],
      set: { profile },
    })
    .returning({ id: jurisdictionProfiles.id });
  invariant(kept !== undefined, 'an insert returns its row');
  await transaction
    .insert(raffleEventProfiles)
    .values({ raffleEventId, jurisdictionProfileId: kept.id, profile });
}

async function addPackages(
  transaction: Transaction,
  eventId: string,
  event: NewRaffleEvent,
): Promise<PackageId[]> {
  const rows = await transaction
    .insert(ticketPackages)
    .values(
      event.packages.map(({ name, numberCount, priceMinor }, displayOrder) => ({
        eventId,
        name,
        ticketCount: numberCount,
        price: priceMinor,
        currency: event.currency,
        displayOrder,
      })),
    )
    .returning({ id: ticketPackages.id });
  return rows.map(({ id }) => id as PackageId);
}

async function addPrizes(
  transaction: Transaction,
  eventId: string,
  event: NewRaffleEvent,
): Promise<void> {
  await transaction.insert(prizes).values(
    event.prizes.map(({ name, percentage, capMinor }, index) => ({
      eventId,
      name,
      type: 'percentage',
      percentage: String(percentage),
      cap: capMinor,
      currency: event.currency,
      position: index + 1,
    })),
  );
}
