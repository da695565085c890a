import { and, desc, eq, sql } from 'drizzle-orm';
import type {
  NumberPlan,
  RaffleEventConfiguration,
  RaffleEventDraft,
} from '#shared/contract/central/people/raffle-events.ts';
import { raffleEventConfigurationSchema } from '#shared/contract/central/people/raffle-events.ts';
import type { JurisdictionProfile } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { OrganisationId, PackageId, RaffleEventId, VenueId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { MinorUnits } from '#shared/kernel/money.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Problem } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import { type Database, transactAs } from '../../db/database.ts';
import { raffleEvents, type StoredRaffleEventState } from '../../db/schema/raffle-events.ts';
import { transactOrUndo } from '../../db/transact-or-undo.ts';
import { changeState } from '../raffle-events/change-state.ts';
import { readRaffleEvent } from '../raffle-events/read-raffle-event.ts';
import { createRaffleEvent as createFromDraft } from '../raffle-events/write-draft.ts';

/** A raffle event that a program sets up. Amounts are in minor units of the organisation's currency. */
export interface NewRaffleEvent {
  readonly organisationId: OrganisationId;
  readonly venueId: VenueId | null;
  readonly name: string;
  readonly eventIdentifier: string;
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

/** What a program sets up, as a person would draft it. */
export function draftOf({
  packages,
  prizes,
  profile,
  ...event
}: Omit<NewRaffleEvent, 'organisationId'>): RaffleEventDraft {
  return {
    ...event,
    description: null,
    profile: { kind: 'own', profile },
    packages: packages.map((each) => ({ kind: 'own', ...each })),
    prizes: prizes.map(({ name, percentage, capMinor }) => ({
      kind: 'own',
      name,
      award: {
        kind: 'percentage',
        hundredthsOfPercent: Math.round(percentage * 100),
        capMinor: capMinor as MinorUnits | null,
      },
      winnerCount: 1,
    })),
  };
}

/** Sets up a raffle event as a program such as the demonstration does, in the state `created`. */
export function createRaffleEvent(
  central: Central,
  actor: string,
  { organisationId, ...event }: NewRaffleEvent,
): Promise<CreatedRaffleEvent> {
  return transactAs(central.database, actor, async (transaction) => {
    const made = await createFromDraft(central, transaction, organisationId, draftOf(event));
    invariant(made.ok, 'the program names only what exists');
    const { raffleEventId, packages: kept } = await readRaffleEvent(
      central,
      transaction,
      made.value,
    );
    return { raffleEventId, packageIds: kept.map(({ packageId }) => packageId) };
  });
}

/** Moves a raffle event to another state in the name of a program; refuses what `changeState` refuses. */
export function changeRaffleEventState(
  central: Central,
  actor: string,
  raffleEventId: RaffleEventId,
  state: StoredRaffleEventState,
  reason: string,
): Promise<Result<void, Problem>> {
  return transactOrUndo(central.database, actor, (transaction) =>
    changeState(central, transaction, raffleEventId, state, reason),
  );
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
