import { pino } from 'pino';
import type { Central } from '#central/central.ts';
import type { StoredRaffleEventState } from '#central/db/schema/raffle-events.ts';
import {
  createOperator,
  createOrganisation,
  createVenue,
} from '#central/modules/administration/organisations.ts';
import {
  changeRaffleEventState,
  createRaffleEvent,
} from '#central/modules/administration/raffle-events.ts';
import {
  createRsu,
  issueEnrolmentCode,
  setRsuEnabled,
} from '#central/modules/administration/rsus.ts';
import type { NumberPlan } from '#central/raffle-event-settings.ts';
import { type CentralOptions, type RunningCentral, startCentral } from '#central/start-central.ts';
import type { JurisdictionProfile } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type {
  OperatorId,
  OrganisationId,
  PackageId,
  RaffleEventId,
  RsuId,
  VenueId,
} from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { createTestDatabase, queryDatabase } from './test-database.ts';

const HOUR_MS = 3_600_000;

/** A central of its own for one test, on a real database. */
export interface TestCentral extends RunningCentral {
  readonly databaseUrl: string;
  /** Moves the central's clock; it runs on from there. */
  advance(milliseconds: number): void;
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Starts another API process over the same database. */
  startAnother(): Promise<RunningCentral>;
}

/** Starts a central on a fresh database; `stop` removes both. */
export async function startTestCentral(
  people: Pick<CentralOptions, 'peopleIssuer' | 'platformAdministrators'> = {},
): Promise<TestCentral> {
  const database = await createTestDatabase();
  let offset = 0;
  const options = {
    databaseUrl: database.url,
    serverKey: new Uint8Array(32).fill(7),
    isDemo: false,
    port: 0,
    logger: pino({ level: 'silent' }),
    now: () => new Date(Date.now() + offset),
    ...people,
  };
  const running = await startCentral(options);
  return {
    ...running,
    databaseUrl: database.url,
    advance(milliseconds) {
      offset += milliseconds;
    },
    query: (text, values = []) => queryDatabase(database.url, text, values),
    startAnother: () => startCentral(options),
    async stop() {
      await running.stop();
      await database.drop();
    },
  };
}

/** What tests sell from. */
export interface TestOrganisation {
  readonly organisationId: OrganisationId;
  readonly venueId: VenueId;
  readonly operatorId: OperatorId;
  readonly raffleEventId: RaffleEventId;
  /** 5 numbers for 1000, and 40 for 2000; fewer if the raffle event has fewer. */
  readonly packageIds: readonly [PackageId, PackageId];
}

/** Rules that allow everything a test does. */
export const TEST_PROFILE: JurisdictionProfile = {
  name: 'Test',
  offline: {
    isAllowed: true,
    maximumOrders: 1000,
    maximumValueMinor: 10_000_000,
    maximumHours: 24,
  },
  tenders: ['cash'],
  cashRoundingMinor: 1,
  noteDenominationsMinor: [500, 1000, 2000],
  numberMode: 'sequential',
  ticket: {
    statements: [],
    listsEachNumber: false,
    claimDays: null,
    website: null,
    contact: null,
  },
  reprint: 'supervisor',
  maximumParkedTickets: 3,
  minimumAge: null,
  mayExtendSales: true,
  sellsWithoutSecondCopy: true,
  maximumClockAheadMinutes: 60,
  retentionYears: 3,
};

/** Numbers 1000 to 20999, dealt in hundreds. */
const TEST_NUMBERS: NumberPlan = {
  numberSpace: { from: 1_000, to: 21_000 },
  allocationSize: 100,
  validationBlockSize: 1_000,
};

/** An organisation with one operator and one raffle event that is open now. */
export async function createTestOrganisation(
  { central }: Pick<RunningCentral, 'central'>,
  options: {
    readonly profile?: JurisdictionProfile;
    readonly numberPlan?: NumberPlan;
    readonly eventIdentifier?: string;
  } = {},
): Promise<TestOrganisation> {
  const eventIdentifier = options.eventIdentifier ?? 'TEST-1';
  const organisationId = await createOrganisation(central, 'test', {
    name: 'Test organisation',
    licenceNumber: 'L-1',
    currency: 'CAD',
  });
  const venueId = await createVenue(central, 'test', {
    organisationId,
    name: 'Test arena',
    timeZone: 'America/Vancouver',
  });
  const operatorId = await createOperator(central, 'test', {
    organisationId,
    displayName: 'Sam',
    number: '11',
    badge: null,
    role: 'seller',
    pin: '1111',
    mustChangePin: false,
    expiresAt: null,
  });
  const numberPlan = options.numberPlan ?? TEST_NUMBERS;
  const { from, to } = numberPlan.numberSpace;
  const now = central.now().getTime();
  const { raffleEventId, packageIds } = await createRaffleEvent(central, 'test', {
    organisationId,
    venueId,
    name: 'Test raffle',
    eventIdentifier,
    configuration: {
      salesStart: instantFromEpoch(now - HOUR_MS),
      salesEnd: instantFromEpoch(now + 4 * HOUR_MS),
      drawAt: null,
      licenceNumber: null,
    },
    numberPlan,
    profile: options.profile ?? TEST_PROFILE,
    packages: [
      { name: '5 numbers', numberCount: 5, priceMinor: 1_000 },
      { name: '40 numbers', numberCount: Math.min(40, to - from), priceMinor: 2_000 },
    ],
    prizes: [{ name: 'Half', percentage: 50, capMinor: 100_000 }],
  });
  await changeTestState(central, raffleEventId, 'active');
  const [small, large] = packageIds;
  if (small === undefined || large === undefined) throw new Error('two packages were made');
  return { organisationId, venueId, operatorId, raffleEventId, packageIds: [small, large] };
}

/** Moves a raffle event to another state; throws if that is refused. */
export async function changeTestState(
  central: Central,
  raffleEventId: RaffleEventId,
  state: StoredRaffleEventState,
): Promise<void> {
  const changed = await changeRaffleEventState(central, 'test', raffleEventId, state, 'a test');
  if (!changed.ok) throw new Error(changed.failure.detail);
}

/** An enabled RSU and a code to enrol it with. */
export async function createTestRsu(
  { central }: Pick<RunningCentral, 'central'>,
  organisation: TestOrganisation,
  name = 'Till 1',
): Promise<{ readonly rsuId: RsuId; readonly code: string }> {
  const { organisationId, venueId } = organisation;
  const rsuId = await createRsu(central, 'test', {
    organisationId,
    venueId,
    name,
    deviceIdentifier: `test-${name}`,
  });
  await setRsuEnabled(central, 'test', rsuId, true);
  const expiresAt = new Date(central.now().getTime() + HOUR_MS);
  return { rsuId, code: await issueEnrolmentCode(central, 'test', rsuId, expiresAt) };
}
