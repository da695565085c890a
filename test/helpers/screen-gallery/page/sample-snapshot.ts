import type {
  OpenTicket,
  PackageTile,
  SaleReceipt,
  Selling,
  Snapshot,
  SyncStanding,
} from '#shared/contract/terminal/snapshot.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import { idOf, type OrderId, type PackageId, type PrintJobId } from '#shared/kernel/ids.ts';
import { addMilliseconds, type Instant } from '#shared/kernel/instant.ts';
import { type CurrencyCode, minorUnits, money } from '#shared/kernel/money.ts';

const CAD = 'CAD' as CurrencyCode;
const MINUTE = 60_000;

/** The moment at which every scene is set. */
export const NOW = '2026-11-22T03:12:00.000Z' as Instant;

/** A UUID for the `n`-th thing of a scene. */
export function sampleId(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

/** A package tile that can be sold. */
export function aTile(place: number, count: number, dollars: number): PackageTile {
  return {
    packageId: idOf<PackageId>(sampleId(100 + place)),
    name: `${count} numbers`,
    numberCount: count,
    price: money(dollars * 100, CAD),
    displayOrder: place,
    salesLeft: 412,
    refusal: null,
  };
}

/** Four packages, as most raffles have. */
export const FOUR_TILES: readonly PackageTile[] = [
  aTile(1, 3, 5),
  aTile(2, 10, 10),
  aTile(3, 40, 20),
  aTile(4, 100, 40),
];

/** The raffle event on sale, with some things different. */
export function aSelling(changes: Partial<Selling> = {}): Selling {
  return {
    raffleEventId: idOf(sampleId(1)),
    name: 'Harbour Hawks 50/50',
    eventIdentifier: 'HH-2026-11-21',
    state: 'active',
    salesStart: addMilliseconds(NOW, -90 * MINUTE),
    salesEnd: addMilliseconds(NOW, 47 * MINUTE),
    hasEnded: false,
    minimumAge: null,
    packages: [...FOUR_TILES],
    refusal: null,
    numberSpace: { from: 1, to: 1_000_000 },
    numbersLeft: 8_240,
    salesLeft: 824,
    salesLeftOf: idOf<PackageId>(sampleId(102)),
    isLowOnNumbers: false,
    tenders: ['cash'],
    noteDenominationsMinor: [500, 1000, 2000, 5000, 10_000],
    cashRoundingMinor: 5,
    jackpot: {
      raffleEventId: idOf(sampleId(1)),
      prizeMinor: minorUnits(1_842_500),
      currency: CAD,
      knownAt: addMilliseconds(NOW, -2 * MINUTE),
    },
    ...changes,
  };
}

/** A till that is on line with everything sent, with some things different. */
export function aSync(changes: Partial<SyncStanding> = {}): SyncStanding {
  return {
    isOnline: true,
    lastContactAt: addMilliseconds(NOW, -4000),
    deviceState: 'enabled',
    orderCount: 412,
    sentOrderCount: 412,
    underReviewCount: 0,
    unsentEntryCount: 0,
    isAllSent: true,
    problem: null,
    offlineUse: null,
    ...changes,
  };
}

/** A sale of two tickets for 20 out of 50, with some things different. */
export function aReceipt(changes: Partial<SaleReceipt> = {}): SaleReceipt {
  return {
    checkoutId: idOf(sampleId(20)),
    soldAt: NOW,
    currency: CAD,
    totalMinor: minorUnits(2000),
    roundingMinor: minorUnits(0),
    tenderedMinor: minorUnits(5000),
    changeMinor: minorUnits(3000),
    lines: [{ packageId: idOf(sampleId(102)), quantity: 2 }],
    tickets: [
      {
        printJobId: idOf<PrintJobId>(sampleId(31)),
        orderId: idOf<OrderId>(sampleId(41)),
        state: 'printing',
      },
      {
        printJobId: idOf<PrintJobId>(sampleId(32)),
        orderId: idOf<OrderId>(sampleId(42)),
        state: 'waiting',
      },
    ],
    ...changes,
  };
}

/** A ticket that somebody has to look at. */
export function anOpenTicket(changes: Partial<OpenTicket> = {}): OpenTicket {
  return {
    printJobId: idOf<PrintJobId>(sampleId(31)),
    orderId: idOf<OrderId>(sampleId(41)),
    validationNumber: '100482039175264821',
    packageName: '10 numbers',
    amount: money(1000, CAD),
    soldAt: addMilliseconds(NOW, -3 * MINUTE),
    state: 'in-question',
    isProvenUnsent: false,
    ...changes,
  };
}

/** A till in the middle of an evening with a seller at it, with some things different. */
export function aSnapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    revision: 1,
    phase: { kind: 'ready' },
    software: { version: '0.1.0', checksum: '5f'.repeat(32) as Sha256 },
    demo: null,
    now: NOW,
    clock: { isTrusted: true, doubt: null, notBefore: null, notAfter: null, offsetMs: 420 },
    terminal: {
      rsuName: 'Till 07',
      organisationName: 'Harbour Youth Foundation',
      venueName: 'Harbour Arena',
      timeZone: 'America/Vancouver',
      centralUrl: 'https://raffle.harbour-youth.example',
    },
    session: {
      kind: 'active',
      operatorId: idOf(sampleId(11)),
      displayName: 'Alex Morgan',
      role: 'seller',
    },
    selling: aSelling(),
    checkout: null,
    lastSale: null,
    openTickets: [],
    sync: aSync(),
    printer: { unit: 'Printer 1', condition: 'ready', isReady: true },
    secondJournal: { state: 'flushed', path: '/media/card/counterfoil' },
    disk: { freeBytes: 21_400_000_000, isLow: false },
    ...changes,
  };
}
