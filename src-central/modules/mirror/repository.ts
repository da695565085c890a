import { and, asc, desc, eq, gte, inArray, or, sql } from 'drizzle-orm';
import { MOST_PEOPLE } from '#shared/contract/mirror/mirror.ts';
import type { ChainId, RsuId } from '#shared/kernel/ids.ts';
import { epochOf, type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { rsuAllocations, validationNumberBlocks } from '../../db/schema/numbers.ts';
import {
  operatorCredentials,
  operators,
  organizations,
  venues,
} from '../../db/schema/organisations.ts';
import {
  prizes,
  raffleEventProfiles,
  raffleEvents,
  ticketPackages,
} from '../../db/schema/raffle-events.ts';
import { journalQuarantine } from '../../db/schema/records.ts';
import { rsus } from '../../db/schema/rsus.ts';
import { MOST_RAFFLE_EVENTS, stateForDevice, visibleRaffleEvents } from '../devices/control.ts';
import type { Device } from '../devices/device.ts';

/** The RSU with its organisation and its venue; without a venue, the organisation stands in. */
export async function readPlace(database: Queryable, rsuId: RsuId) {
  const [row] = await database
    .select({ rsu: rsus, organisation: organizations, venue: venues })
    .from(rsus)
    .innerJoin(organizations, eq(organizations.id, rsus.organizationId))
    .leftJoin(venues, eq(venues.id, rsus.venueId))
    .where(eq(rsus.id, rsuId));
  return row;
}

/** The raffle events that a till is told of, as they stand for it, with their frozen profiles. */
export function readRaffleEvents(database: Queryable, device: Device, now: Date) {
  return database
    .select({
      raffleEvent: raffleEvents,
      state: stateForDevice(device),
      profile: raffleEventProfiles.profile,
    })
    .from(raffleEvents)
    .innerJoin(raffleEventProfiles, eq(raffleEventProfiles.raffleEventId, raffleEvents.id))
    .where(visibleRaffleEvents(device, now))
    .orderBy(asc(raffleEvents.createdAt), asc(raffleEvents.id))
    .limit(MOST_RAFFLE_EVENTS);
}

/** The packages on sale in these raffle events. */
export function readPackages(database: Queryable, raffleEventIds: readonly string[]) {
  return database
    .select()
    .from(ticketPackages)
    .where(
      and(inArray(ticketPackages.eventId, [...raffleEventIds]), eq(ticketPackages.isActive, true)),
    )
    .orderBy(asc(ticketPackages.displayOrder), asc(ticketPackages.price));
}

/** The prizes of these raffle events. */
export function readPrizes(database: Queryable, raffleEventIds: readonly string[]) {
  return database
    .select()
    .from(prizes)
    .where(inArray(prizes.eventId, [...raffleEventIds]))
    .orderBy(asc(prizes.position));
}

/** Everybody who has a PIN for the organisation's tills; the disabled ones as far as there is room. */
export function readOperators(database: Queryable, organisationId: string) {
  return database
    .select({ operator: operators, credential: operatorCredentials })
    .from(operators)
    .innerJoin(operatorCredentials, eq(operatorCredentials.operatorId, operators.id))
    .where(eq(operators.organizationId, organisationId))
    .orderBy(desc(operators.isEnabled), asc(operators.number))
    .limit(MOST_PEOPLE);
}

/** The draw numbers that a device holds for these raffle events, used up or not. */
export function readAllocations(
  database: Queryable,
  chainId: ChainId,
  raffleEventIds: readonly string[],
) {
  return database
    .select()
    .from(rsuAllocations)
    .where(
      and(
        eq(rsuAllocations.chainId, chainId),
        inArray(rsuAllocations.raffleEventId, [...raffleEventIds]),
        or(eq(rsuAllocations.state, 'active'), eq(rsuAllocations.state, 'exhausted')),
      ),
    )
    .orderBy(asc(rsuAllocations.allocatedAt), asc(rsuAllocations.startNumber));
}

/** The validation blocks that a device holds for these raffle events. */
export function readValidationBlocks(
  database: Queryable,
  chainId: ChainId,
  raffleEventIds: readonly string[],
) {
  return database
    .select()
    .from(validationNumberBlocks)
    .where(
      and(
        eq(validationNumberBlocks.chainId, chainId),
        inArray(validationNumberBlocks.raffleEventId, [...raffleEventIds]),
        eq(validationNumberBlocks.isActive, true),
      ),
    )
    .orderBy(asc(validationNumberBlocks.prefix));
}

/** The database's own time, which marks its rows as well. */
export async function readTime(transaction: Transaction): Promise<Instant> {
  const row = await firstRowOf<{ readonly epoch_ms: number }>(
    transaction,
    sql`SELECT floor(extract(epoch FROM now()) * 1000)::FLOAT8 AS epoch_ms`,
  );
  invariant(row !== undefined, 'a query without FROM has one row');
  return instantFromEpoch(row.epoch_ms);
}

/**
 * What has waited or been decided for entries of a chain since shortly before `since`; all of it
 * without one.
 *
 * A row is marked with the time at which its transaction began and seen when that has ended, so the
 * last minutes are told twice.
 */
export function readQuarantine(
  transaction: Transaction,
  chainId: ChainId,
  since: Instant | undefined,
) {
  return transaction
    .select()
    .from(journalQuarantine)
    .where(and(eq(journalQuarantine.chainId, chainId), changedSince(since)))
    .orderBy(asc(journalQuarantine.quarantinedAt), asc(journalQuarantine.seq));
}

/** Longer than any transaction takes. */
const TOLD_TWICE_MS = 10 * 60_000;

function changedSince(since: Instant | undefined) {
  if (since === undefined) return undefined;
  const from = new Date(epochOf(since) - TOLD_TWICE_MS);
  return or(gte(journalQuarantine.quarantinedAt, from), gte(journalQuarantine.resolvedAt, from));
}
