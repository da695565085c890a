import type { MirrorAnswer, MirrorQuery } from '#shared/contract/central/mirror.ts';
import { jurisdictionProfileSchema } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { Mirror, Resolution } from '#shared/contract/mirror/mirror.ts';
import type { Prize, RaffleEvent, TicketPackage } from '#shared/contract/mirror/raffle-event.ts';
import { toBase64 } from '#shared/kernel/bytes.ts';
import type {
  OperatorId,
  OrderId,
  OrganisationId,
  PackageId,
  PrizeId,
  RaffleEventId,
  VenueId,
} from '#shared/kernel/ids.ts';
import { type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';
import type { Central } from '../../central.ts';
import { readConsistently, type Transaction } from '../../db/database.ts';
import type { prizes, raffleEvents, ticketPackages } from '../../db/schema/raffle-events.ts';
import type { journalQuarantine } from '../../db/schema/records.ts';
import { readAward } from '../../prize-award.ts';
import { numberPlanSchema, raffleEventConfigurationSchema } from '../../raffle-event-settings.ts';
import { readOpenCommands } from '../commands/repository.ts';
import { answerFields, stateForTills } from '../devices/control.ts';
import type { Device } from '../devices/device.ts';
import { describeAllocations, describeValidationBlocks } from '../devices/holdings.ts';
import { readConfiguration } from '../system-configuration/read-configuration.ts';
import {
  readAllocations,
  readOperators,
  readPackages,
  readPlace,
  readPrizes,
  readQuarantine,
  readRaffleEvents,
  readTime,
  readValidationBlocks,
} from './repository.ts';

/**
 * Everything a till needs, unless it already has the newest version.
 *
 * Read in one unchanging view, so that the version and the content belong together.
 */
export function readMirror(
  central: Central,
  device: Device,
  known: MirrorQuery,
): Promise<MirrorAnswer> {
  return readConsistently(central.database, async (transaction) => {
    const fields = await answerFields(central, transaction, device);
    const { mirrorVersion } = fields.control;
    if (known.since === mirrorVersion) return { mirror: null, ...fields };
    const resolutionsSince = isOfEpoch(known.since, fields.epoch)
      ? known.resolutionsSince
      : undefined;
    const version = { mirrorVersion, resolutionsSince };
    return { mirror: await composeMirror(central, transaction, device, version), ...fields };
  });
}

/** What an earlier epoch said of orders may not hold any more. */
function isOfEpoch(mirrorVersion: string | undefined, epoch: number): boolean {
  return mirrorVersion?.startsWith(`${epoch}.`) === true;
}

async function composeMirror(
  central: Central,
  transaction: Transaction,
  device: Device,
  {
    mirrorVersion,
    resolutionsSince,
  }: { readonly mirrorVersion: string; readonly resolutionsSince: Instant | undefined },
): Promise<Mirror> {
  const place = await readPlace(transaction, device.rsuId);
  invariant(place !== undefined, 'an authenticated device has an RSU');
  const { rsu, organisation, venue } = place;
  const events = await readRaffleEvents(transaction, device, central.now());
  const eventIds = events.map(({ raffleEvent }) => raffleEvent.id);
  const packages = await readPackages(transaction, eventIds);
  const prizeRows = await readPrizes(transaction, eventIds);
  return {
    mirrorVersion,
    asOf: await readTime(transaction),
    isDemo: central.isDemo,
    organisation: {
      organisationId: organisation.id as OrganisationId,
      name: organisation.name,
      licenceNumber: organisation.licenseNumber,
      currency: organisation.primaryCurrency as CurrencyCode,
    },
    venue: {
      venueId: (venue?.id ?? organisation.id) as VenueId,
      name: venue?.name ?? organisation.name,
      timeZone: venue?.timezone ?? 'UTC',
    },
    rsu: { rsuId: device.rsuId, name: rsu.name },
    raffleEvents: events.map(({ raffleEvent, state, profile }) =>
      describeRaffleEvent(
        { ...raffleEvent, state },
        profile,
        organisation.primaryCurrency as CurrencyCode,
        packages.filter(({ eventId }) => eventId === raffleEvent.id),
        prizeRows.filter(({ eventId }) => eventId === raffleEvent.id),
      ),
    ),
    systemConfigurationVersion: (await readConfiguration(transaction, central.now())).version,
    operators: await describeOperators(transaction, device.organisationId),
    allocations: await describeAllocations(
      transaction,
      await readAllocations(transaction, device.chainId, eventIds),
    ),
    validationBlocks: await describeValidationBlocks(
      central,
      transaction,
      await readValidationBlocks(transaction, device.chainId, eventIds),
    ),
    resolutions: (await readQuarantine(transaction, device.chainId, resolutionsSince)).flatMap(
      describeResolutions,
    ),
    commands: await readOpenCommands(transaction, device.rsuId),
  };
}

function describeRaffleEvent(
  row: typeof raffleEvents.$inferSelect,
  profile: unknown,
  currency: CurrencyCode,
  packages: readonly (typeof ticketPackages.$inferSelect)[],
  prizeRows: readonly (typeof prizes.$inferSelect)[],
): RaffleEvent {
  const configuration = raffleEventConfigurationSchema.parse(row.configuration);
  return {
    raffleEventId: row.id as RaffleEventId,
    eventIdentifier: row.eventIdentifier,
    name: row.name,
    ...configuration,
    currency,
    state: stateForTills(row.state),
    numberSpace: numberPlanSchema.parse(row.ticketAllocation).numberSpace,
    packages: packages.map(describePackage),
    prizes: prizeRows.map((prize) => describePrize(prize, currency)),
    profile: jurisdictionProfileSchema.parse(profile),
  };
}

function describePackage(row: typeof ticketPackages.$inferSelect, index: number): TicketPackage {
  return {
    packageId: row.id as PackageId,
    name: row.name,
    numberCount: row.ticketCount,
    price: money(row.price, row.currency as CurrencyCode),
    displayOrder: row.displayOrder ?? index,
  };
}

function describePrize(row: typeof prizes.$inferSelect, currency: CurrencyCode): Prize {
  return {
    prizeId: row.id as PrizeId,
    name: row.name,
    position: row.position,
    award: readAward(row, currency),
  };
}

async function describeOperators(
  transaction: Transaction,
  organisationId: OrganisationId,
): Promise<Mirror['operators']> {
  const rows = await readOperators(transaction, organisationId);
  return rows.map(({ operator, credential }) => ({
    operatorId: operator.id as OperatorId,
    displayName: operator.displayName,
    number: operator.number,
    badge: operator.badge,
    role: operator.role,
    mustChangePin: operator.mustChangePin,
    expiresAt: operator.expiresAt === null ? null : instantFromEpoch(operator.expiresAt.getTime()),
    isEnabled: operator.isEnabled,
    credential: {
      algorithm: credential.algorithm,
      salt: toBase64(credential.salt),
      hash: toBase64(credential.hash),
      cost: credential.cost,
      blockSize: credential.blockSize,
      parallelism: credential.parallelism,
    },
  }));
}

/** A second account of a sale that counts already is, for the till that sent it, an accepted one. */
const OUTCOMES = {
  open: 'under-review',
  accepted: 'accepted',
  linked: 'accepted',
  voided: 'voided',
} as const;

function describeResolutions(row: typeof journalQuarantine.$inferSelect): Resolution[] {
  return row.orderIds.map((orderId) => ({
    orderId: orderId as OrderId,
    outcome: OUTCOMES[row.state],
    reason: (row.resolution ?? row.explanation).slice(0, 200).toWellFormed(),
  }));
}
