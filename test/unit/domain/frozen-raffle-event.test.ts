import { describe, expect, test } from 'vitest';
import { type RaffleEvent, raffleEventSchema } from '#shared/contract/mirror/raffle-event.ts';
import { changedFrozenFields, frozenFieldsHash } from '#shared/domain/frozen-raffle-event.ts';
import { addMilliseconds, type Instant, parseInstant } from '#shared/kernel/instant.ts';

const BEFORE_END = parseInstant('2026-11-23T04:00:00.000Z') as Instant;
const MINUTE = 60_000;

const KNOWN: RaffleEvent = raffleEventSchema.parse({
  raffleEventId: '00000000-0000-7000-8000-000000000001',
  eventIdentifier: 'GAME-42',
  name: 'Game night 42',
  licenceNumber: '123456',
  currency: 'CAD',
  state: 'active',
  salesStart: '2026-11-23T01:00:00.000Z',
  salesEnd: '2026-11-23T05:00:00.000Z',
  drawAt: '2026-11-23T05:10:00.000Z',
  numberSpace: { from: 0, to: 1_000_000 },
  packages: [
    {
      packageId: '00000000-0000-7000-8000-000000000011',
      name: '3 for $10',
      numberCount: 3,
      price: { minor: 1_000, currency: 'CAD' },
      displayOrder: 1,
    },
    {
      packageId: '00000000-0000-7000-8000-000000000012',
      name: '10 for $20',
      numberCount: 10,
      price: { minor: 2_000, currency: 'CAD' },
      displayOrder: 2,
    },
  ],
  prizes: [
    {
      prizeId: '00000000-0000-7000-8000-000000000021',
      name: 'Half of the sales',
      position: 1,
      award: { kind: 'percentage', hundredthsOfPercent: 5_000, cap: null },
    },
  ],
  profile: {
    name: 'Test',
    offline: { isAllowed: false },
    tenders: ['cash'],
    cashRoundingMinor: 5,
    noteDenominationsMinor: [500, 1_000],
    numberMode: 'sequential',
    ticket: {
      statements: [],
      listsEachNumber: false,
      claimDays: null,
      website: null,
      contact: null,
    },
    reprint: 'supervisor',
    maximumParkedTickets: 1,
    minimumAge: 19,
    mayExtendSales: false,
    sellsWithoutSecondCopy: true,
    maximumClockAheadMinutes: 600,
    retentionYears: 7,
  },
});

const EXTENDABLE: RaffleEvent = { ...KNOWN, profile: { ...KNOWN.profile, mayExtendSales: true } };

function endingLater(raffleEvent: RaffleEvent, minutes: number): RaffleEvent {
  return { ...raffleEvent, salesEnd: addMilliseconds(raffleEvent.salesEnd, minutes * MINUTE) };
}

function withPrice(raffleEvent: RaffleEvent, minor: number): RaffleEvent {
  const [first, ...others] = raffleEvent.packages;
  if (first === undefined) return raffleEvent;
  const price = { ...first.price, minor } as RaffleEvent['packages'][number]['price'];
  return { ...raffleEvent, packages: [{ ...first, price }, ...others] };
}

describe('a frozen raffle event', () => {
  test('is unchanged when only its state, name or draw time changes', () => {
    const offered: RaffleEvent = { ...KNOWN, state: 'suspended', name: 'Renamed', drawAt: null };
    expect(changedFrozenFields(KNOWN, offered, BEFORE_END)).toEqual([]);
    expect(frozenFieldsHash(offered)).toBe(frozenFieldsHash(KNOWN));
  });

  test('is unchanged when its packages come in another order', () => {
    const offered: RaffleEvent = { ...KNOWN, packages: KNOWN.packages.toReversed() };
    expect(changedFrozenFields(KNOWN, offered, BEFORE_END)).toEqual([]);
    expect(frozenFieldsHash(offered)).toBe(frozenFieldsHash(KNOWN));
  });

  test.each<[string, RaffleEvent]>([
    ['packages', withPrice(KNOWN, 999)],
    ['prizes', { ...KNOWN, prizes: [] }],
    ['numberSpace', { ...KNOWN, numberSpace: { from: 0, to: 999_999 } }],
    ['currency', { ...KNOWN, currency: 'USD' as RaffleEvent['currency'] }],
    ['profile', EXTENDABLE],
    ['salesStart', { ...KNOWN, salesStart: BEFORE_END }],
  ])('names %s when they change, and has another hash', (field, offered) => {
    expect(changedFrozenFields(KNOWN, offered, BEFORE_END)).toEqual([field]);
    expect(frozenFieldsHash(offered)).not.toBe(frozenFieldsHash(KNOWN));
  });

  test('names everything that changed', () => {
    const offered = endingLater({ ...withPrice(KNOWN, 1), prizes: [] }, 1);
    expect(changedFrozenFields(KNOWN, offered, BEFORE_END)).toEqual([
      'packages',
      'prizes',
      'salesEnd',
    ]);
  });

  test('is free before it is active', () => {
    const created: RaffleEvent = { ...KNOWN, state: 'created' };
    expect(changedFrozenFields(created, withPrice(KNOWN, 1), BEFORE_END)).toEqual([]);
  });
});

describe('the end of sales', () => {
  test('may always move earlier', () => {
    expect(changedFrozenFields(KNOWN, endingLater(KNOWN, -30), BEFORE_END)).toEqual([]);
  });

  test('may move later only where the profile says so', () => {
    expect(changedFrozenFields(KNOWN, endingLater(KNOWN, 10), BEFORE_END)).toEqual(['salesEnd']);
    expect(changedFrozenFields(EXTENDABLE, endingLater(EXTENDABLE, 10), BEFORE_END)).toEqual([]);
  });

  test('may not move later once it is reached', () => {
    const later = endingLater(EXTENDABLE, 10);
    expect(changedFrozenFields(EXTENDABLE, later, EXTENDABLE.salesEnd)).toEqual(['salesEnd']);
  });
});
