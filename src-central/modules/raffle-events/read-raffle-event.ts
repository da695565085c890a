import { asc, eq, sql } from 'drizzle-orm';
import {
  numberPlanSchema,
  type RaffleEvent,
  raffleEventConfigurationSchema,
  type StartObstacle,
} from '#shared/contract/central/people/raffle-events.ts';
import { jurisdictionProfileSchema } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { PrizeAward } from '#shared/domain/jackpot.ts';
import type {
  OrganisationId,
  PackageId,
  PrizeId,
  ProfileId,
  RaffleEventId,
  UserId,
  VenueId,
} from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { CurrencyCode } from '#shared/kernel/money.ts';
import type { Central } from '../../central.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf } from '../../db/rows.ts';
import {
  prizes,
  type StoredRaffleEventState,
  ticketPackages,
} from '../../db/schema/raffle-events.ts';
import { readAward } from '../../prize-award.ts';
import { findStartObstacles } from './start-obstacles.ts';

interface Row {
  readonly organisationId: OrganisationId;
  readonly name: string;
  readonly description: string | null;
  readonly eventIdentifier: string;
  readonly venueId: VenueId | null;
  readonly isVenueRetired: boolean;
  readonly state: StoredRaffleEventState;
  readonly currency: CurrencyCode;
  readonly organisationLicence: string | null;
  readonly configuration: unknown;
  readonly numberPlan: unknown;
  readonly profile: unknown;
  readonly profileId: ProfileId | null;
  readonly profileVersion: number | null;
  readonly soldCount: number;
  readonly dealtCount: number;
  readonly confirmedAt: StoredMoment | null;
  readonly confirmedBy: UserId | null;
  readonly drawnAt: StoredMoment | null;
  readonly createdAt: StoredMoment;
  readonly createdBy: UserId | null;
  readonly updatedAt: StoredMoment;
  readonly updatedBy: UserId | null;
  readonly revision: string;
}

/** A raffle event that exists, with all that belongs to it. */
export async function readRaffleEvent(
  central: Central,
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<RaffleEvent> {
  const { row, ...parts } = await readParts(database, raffleEventId);
  return {
    raffleEventId,
    organisationId: row.organisationId,
    name: row.name,
    description: row.description,
    eventIdentifier: row.eventIdentifier,
    venueId: row.venueId,
    state: row.state,
    currency: row.currency,
    ...describeRules(row),
    profileSource:
      row.profileId === null || row.profileVersion === null
        ? null
        : { profileId: row.profileId, version: row.profileVersion },
    packages: parts.packages,
    prizes: parts.prizes.map(({ award, currency: _currency, ...prize }) => ({
      ...prize,
      award: describeAward(award),
    })),
    soldCount: row.soldCount,
    dealtCount: row.dealtCount,
    obstacles: obstaclesOf(central, row, parts),
    reconciliation:
      row.confirmedAt === null || row.confirmedBy === null
        ? null
        : { confirmedAt: readInstant(row.confirmedAt), confirmedBy: row.confirmedBy },
    drawnAt: readInstantIfAny(row.drawnAt),
    createdAt: readInstant(row.createdAt),
    createdBy: row.createdBy,
    updatedAt: readInstant(row.updatedAt),
    updatedBy: row.updatedBy,
    revision: row.revision,
  };
}

/** What a raffle event lacks before it can start. */
export async function readStartObstacles(
  central: Central,
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<StartObstacle[]> {
  const { row, ...parts } = await readParts(database, raffleEventId);
  return obstaclesOf(central, row, parts);
}

type Parts = Awaited<ReturnType<typeof readParts>>;

async function readParts(database: Queryable, raffleEventId: RaffleEventId) {
  const row = await readRow(database, raffleEventId);
  const packageRows = await database
    .select()
    .from(ticketPackages)
    .where(eq(ticketPackages.eventId, raffleEventId))
    .orderBy(asc(ticketPackages.displayOrder), asc(ticketPackages.price));
  const prizeRows = await database
    .select()
    .from(prizes)
    .where(eq(prizes.eventId, raffleEventId))
    .orderBy(asc(prizes.position));
  return {
    row,
    packages: packageRows.map((each) => ({
      packageId: each.id as PackageId,
      name: each.name,
      numberCount: each.ticketCount,
      priceMinor: each.price,
      currency: each.currency as CurrencyCode,
    })),
    prizes: prizeRows.map((each) => ({
      prizeId: each.id as PrizeId,
      name: each.name,
      position: each.position,
      award: readAward(each, row.currency),
      currency: each.currency ?? row.currency,
      winnerCount: each.winnerCount,
    })),
  };
}

async function readRow(database: Queryable, raffleEventId: RaffleEventId): Promise<Row> {
  const row = await firstRowOf<Row>(
    database,
    sql`SELECT event.organization_id AS "organisationId", event.name, event.description,
        event_identifier AS "eventIdentifier", venue_id AS "venueId",
        coalesce(NOT venue.is_active, FALSE) AS "isVenueRetired", state,
        primary_currency AS currency, license_number AS "organisationLicence", configuration,
        ticket_allocation AS "numberPlan", kept.profile, jurisdiction_profile_id AS "profileId",
        jurisdiction_profile_version AS "profileVersion", total_sold AS "soldCount",
        numbers_dealt AS "dealtCount", reconciliation_confirmed_at AS "confirmedAt",
        reconciliation_confirmed_by AS "confirmedBy",
        (SELECT max(changed_at) FROM raffle_event_state_history
          WHERE raffle_event_id = event.id AND to_state = 'drawn') AS "drawnAt",
        event.created_at AS "createdAt", event.created_by AS "createdBy",
        event.updated_at AS "updatedAt", event.updated_by AS "updatedBy",
        event.xmin::TEXT AS revision
      FROM raffle_events event
      JOIN organizations organization ON organization.id = event.organization_id
      JOIN raffle_event_profiles kept ON kept.raffle_event_id = event.id
      JOIN raffle_event_number_pools pool ON pool.raffle_event_id = event.id
      LEFT JOIN venues venue ON venue.id = event.venue_id
      WHERE event.id = ${raffleEventId}`,
  );
  invariant(row !== undefined, 'a raffle event in a checked path exists');
  return row;
}

function describeRules(row: Row) {
  return {
    configuration: raffleEventConfigurationSchema.parse(row.configuration),
    numberPlan: numberPlanSchema.parse(row.numberPlan),
    profile: jurisdictionProfileSchema.parse(row.profile),
  };
}

function obstaclesOf(
  central: Central,
  row: Row,
  parts: Pick<Parts, 'packages' | 'prizes'>,
): StartObstacle[] {
  if (row.state !== 'created') return [];
  const { currency, organisationLicence, isVenueRetired } = row;
  return findStartObstacles(
    { ...describeRules(row), currency, organisationLicence, isVenueRetired, ...parts },
    central.now(),
  );
}

function describeAward(award: PrizeAward): RaffleEvent['prizes'][number]['award'] {
  if (award.kind === 'fixed') return { kind: 'fixed', valueMinor: award.value.minor };
  const { kind, hundredthsOfPercent, cap } = award;
  return { kind, hundredthsOfPercent, capMinor: cap?.minor ?? null };
}
