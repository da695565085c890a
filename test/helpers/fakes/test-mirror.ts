import type { Mirror } from '#shared/contract/mirror/mirror.ts';
import type { RaffleEvent, TicketPackage } from '#shared/contract/mirror/raffle-event.ts';
import { toBase64 } from '#shared/kernel/bytes.ts';
import type {
  AllocationId,
  OperatorId,
  OrganisationId,
  PackageId,
  PrizeId,
  RaffleEventId,
  RsuId,
  ValidationBlockId,
  VenueId,
} from '#shared/kernel/ids.ts';
import { addMilliseconds } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { money, parseCurrencyCode } from '#shared/kernel/money.ts';
import { fakeId } from './fake-ids.ts';
import { TEST_START } from './fake-time.ts';
import { quickCredential } from './fake-vault.ts';

const HOUR_MS = 3_600_000;

const currency = parseCurrencyCode('CAD');
invariant(currency !== undefined, 'a currency');
/** The currency of every test. */
export const CAD = currency;

/** The raffle event that tests sell for. */
export const HOME_GAME = fakeId<RaffleEventId>('b', 1);
/** The packages of the raffle event: 1 for $5, 3 for $10, 10 for $20. */
export const PACKAGES = {
  one: fakeId<PackageId>('c', 1),
  three: fakeId<PackageId>('c', 2),
  ten: fakeId<PackageId>('c', 3),
} as const;

/** The people of the venue and their PINs. */
export const PEOPLE = {
  sam: { operatorId: fakeId<OperatorId>('d', 1), pin: '2580', number: '11' },
  ana: { operatorId: fakeId<OperatorId>('d', 2), pin: '9137', number: '12' },
  supervisor: { operatorId: fakeId<OperatorId>('d', 3), pin: '804261', number: '21' },
  technician: { operatorId: fakeId<OperatorId>('d', 4), pin: '517394', number: '31' },
} as const;

function ticketPackage(
  packageId: PackageId,
  name: string,
  numberCount: number,
  priceMinor: number,
): TicketPackage {
  return {
    packageId,
    name,
    numberCount,
    price: money(priceMinor, CAD),
    displayOrder: numberCount,
  };
}

/** The raffle event of every test. Sales began half an hour before `TEST_START` and run three hours. */
export const RAFFLE_EVENT: RaffleEvent = {
  raffleEventId: HOME_GAME,
  eventIdentifier: 'HH-26-11-22',
  name: 'Home game 50/50',
  licenceNumber: null,
  currency: CAD,
  state: 'active',
  salesStart: addMilliseconds(TEST_START, -HOUR_MS / 2),
  salesEnd: addMilliseconds(TEST_START, 3 * HOUR_MS),
  drawAt: addMilliseconds(TEST_START, 4 * HOUR_MS),
  numberSpace: { from: 1, to: 1_000_001 },
  packages: [
    ticketPackage(PACKAGES.ten, '10 numbers', 10, 2_000),
    ticketPackage(PACKAGES.one, '1 number', 1, 500),
    ticketPackage(PACKAGES.three, '3 numbers', 3, 1_000),
  ],
  prizes: [
    {
      prizeId: fakeId<PrizeId>('e', 1),
      name: 'Half the pot',
      position: 1,
      award: { kind: 'percentage', hundredthsOfPercent: 5_000, cap: null },
    },
  ],
  profile: {
    name: 'Test rules',
    offline: { isAllowed: true, maximumOrders: 20, maximumValueMinor: 50_000, maximumHours: 4 },
    tenders: ['cash'],
    cashRoundingMinor: 5,
    noteDenominationsMinor: [500, 1_000, 2_000, 5_000],
    numberMode: 'sequential',
    ticket: {
      statements: ['Need not be present to win.'],
      listsEachNumber: false,
      claimDays: 30,
      website: null,
      contact: null,
    },
    reprint: 'supervisor',
    maximumParkedTickets: 1,
    minimumAge: 18,
    mayExtendSales: false,
    sellsWithoutSecondCopy: false,
    maximumClockAheadMinutes: 720,
    retentionYears: 7,
  },
};

/** Numbers 1 to 100, and 100 validation numbers. */
export const FIRST_NUMBERS = {
  allocations: [
    {
      mode: 'sequential',
      allocationId: fakeId<AllocationId>('9', 1),
      raffleEventId: HOME_GAME,
      indices: { from: 1, to: 101 },
    },
  ],
  validationBlocks: [
    {
      validationBlockId: fakeId<ValidationBlockId>('8', 1),
      raffleEventId: HOME_GAME,
      prefix: '10000001',
      size: 100,
      expiresAt: null,
      key: toBase64(new Uint8Array(32).fill(3)),
    },
  ],
} as const satisfies Pick<Mirror, 'allocations' | 'validationBlocks'>;

/** The mirror that a till gets at first. */
export const TEST_MIRROR: Mirror = {
  mirrorVersion: '1.1',
  asOf: TEST_START,
  isDemo: false,
  organisation: {
    organisationId: fakeId<OrganisationId>('a', 2),
    name: 'Harbour Hawks Foundation',
    licenceNumber: 'LIC-4711',
    currency: CAD,
  },
  venue: {
    venueId: fakeId<VenueId>('a', 3),
    name: 'Harbour Arena',
    timeZone: 'America/Vancouver',
  },
  rsu: { rsuId: fakeId<RsuId>('a', 1), name: 'Till 7' },
  raffleEvents: [RAFFLE_EVENT],
  systemConfigurationVersion: '1',
  operators: [
    person('sam', 'Sam Seller', 'seller'),
    person('ana', 'Ana Anders', 'seller'),
    person('supervisor', 'Sue Supervisor', 'supervisor'),
    person('technician', 'Theo Technician', 'technician'),
  ],
  ...FIRST_NUMBERS,
  allocations: [...FIRST_NUMBERS.allocations],
  validationBlocks: [...FIRST_NUMBERS.validationBlocks],
  resolutions: [],
};

function person(
  name: keyof typeof PEOPLE,
  displayName: string,
  role: Mirror['operators'][number]['role'],
): Mirror['operators'][number] {
  const { operatorId, number, pin } = PEOPLE[name];
  return {
    operatorId,
    displayName,
    number,
    badge: `badge-${number}`,
    role,
    mustChangePin: false,
    expiresAt: null,
    isEnabled: true,
    credential: quickCredential(pin),
  };
}
