import { describe, expect, test } from 'vitest';
import type { Mirror } from '#shared/contract/mirror/mirror.ts';
import { allocationSchema } from '#shared/contract/mirror/numbers.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import type {
  AllocationId,
  OperatorId,
  RaffleEventId,
  RequestId,
  ValidationBlockId,
} from '#shared/kernel/ids.ts';
import { addMilliseconds } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { minorUnits } from '#shared/kernel/money.ts';
import { fakeId } from '#test/helpers/fakes/fake-ids.ts';
import { TEST_START } from '#test/helpers/fakes/fake-time.ts';
import { openSellingTill, openTill, type TestTill } from '#test/helpers/fakes/open-till.ts';
import {
  CAD,
  FIRST_NUMBERS,
  HOME_GAME,
  PACKAGES,
  RAFFLE_EVENT,
  TEST_MIRROR,
} from '#test/helpers/fakes/test-mirror.ts';

const LOST = { kind: 'problem', problem: { kind: 'transport', detail: 'no route' } } as const;

/** The usual people, and as many more, each with a number and a PIN of their own. */
function crowd(count: number): Mirror['operators'] {
  const [sam] = TEST_MIRROR.operators;
  invariant(sam !== undefined, 'Sam is one of the people');
  const more = Array.from({ length: count }, (_, index) => ({
    ...sam,
    operatorId: fakeId<OperatorId>('f', index),
    number: String(1_000 + index),
    badge: null,
  }));
  return [...TEST_MIRROR.operators, ...more];
}

function notedCodes(till: TestTill): string[] {
  return till.payloads('significant-event.noted').map(({ code }) => code);
}

describe('contact and problems', () => {
  test('are journaled when they change, not at every call', async () => {
    using till = await openTill();
    await till.sync.tell(LOST, LOST, LOST);
    await till.contact();
    await till.contact();
    expect(notedCodes(till)).toEqual([
      'central.connected',
      'central.disconnected',
      'central.connected',
    ]);
  });

  test('online means: the last call succeeded', async () => {
    using till = await openTill();
    expect(till.core().snapshot().sync).toMatchObject({
      isOnline: true,
      problem: null,
      offlineUse: null,
      lastContactAt: TEST_START,
    });
    await till.sync.tell(LOST);
    expect(till.core().snapshot().sync).toMatchObject({
      isOnline: false,
      problem: { code: 'central.unreachable' },
      offlineUse: { orders: { used: 0, maximum: 20 }, isAtLimit: false },
    });
  });

  test('a refused device is journaled once; a refused question keeps the till on line', async () => {
    using till = await openTill();
    const refused = (code: 'rsu.disabled' | 'allocation.exhausted') =>
      ({ kind: 'problem', problem: { kind: 'refused', code, detail: 'no' } }) as const;
    await till.sync.tell(refused('allocation.exhausted'));
    expect(till.core().snapshot().sync).toMatchObject({
      isOnline: true,
      problem: { code: 'central.refused', detail: { code: 'allocation.exhausted' } },
    });
    await till.sync.tell(refused('rsu.disabled'), refused('rsu.disabled'));
    expect(notedCodes(till)).toEqual([
      'central.connected',
      'central.disconnected',
      'central.refused-device',
    ]);
  });

  test('a central that is not ours is told and journaled, and stops nobody from selling', async () => {
    using till = await openSellingTill();
    const foreign = { kind: 'problem', problem: { kind: 'not-our-central' } } as const;
    await till.sync.tell(foreign, foreign, foreign);
    expect(till.core().snapshot().sync).toMatchObject({
      isOnline: false,
      problem: { code: 'central.not-ours' },
    });
    expect(till.payloads('significant-event.noted').slice(1)).toEqual([
      {
        code: 'central.disconnected',
        severity: 'warning',
        detail: { kind: 'not-our-central' },
      },
      {
        code: 'central.authentication-mismatch',
        severity: 'error',
        detail: { refusal: 'not-our-central' },
      },
    ]);
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
    await till.contact();
    expect(till.core().snapshot().sync?.problem).toBeNull();
  });

  test('a stall is told until something moves', async () => {
    using till = await openTill();
    await till.sync.tell(
      { kind: 'stalled', sinceMs: 60_000 },
      { kind: 'stalled', sinceMs: 90_000 },
    );
    expect(till.core().snapshot().sync?.problem).toMatchObject({ detail: { cause: 'stalled' } });
    expect(notedCodes(till).filter((code) => code === 'sync.stalled')).toHaveLength(1);
    await till.acknowledge();
    expect(till.core().snapshot().sync?.problem).toBeNull();
  });
});

describe('control', () => {
  test('holds at once and is journaled when it changes', async () => {
    using till = await openSellingTill();
    await till.contact();
    await till.contact({ state: 'suspended' });
    await till.contact({ state: 'suspended' });
    expect(till.payloads('control.received')).toMatchObject([
      { deviceState: 'enabled', raffleEvents: [{ state: 'active' }] },
      { deviceState: 'enabled', raffleEvents: [{ state: 'suspended' }] },
    ]);
    await till.contact({ state: 'active' });
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
  });

  test('may end sales earlier', async () => {
    using till = await openSellingTill();
    const salesEnd = addMilliseconds(TEST_START, 60_000);
    await till.contact({ salesEnd });
    expect(till.core().snapshot().selling?.salesEnd).toBe(salesEnd);
    await till.time.advance(60_250);
    expect(till.payloads('sales.ended')).toMatchObject([{ cause: 'published-end', salesEnd }]);
  });

  test('may not extend sales where the profile does not let it', async () => {
    using till = await openSellingTill();
    const salesEnd = addMilliseconds(RAFFLE_EVENT.salesEnd, 1);
    await till.contact({ salesEnd });
    await till.contact({ salesEnd });
    expect(till.core().snapshot()).toMatchObject({
      selling: { salesEnd: RAFFLE_EVENT.salesEnd },
      sync: { problem: { code: 'raffle-event.changed-after-start' } },
    });
    expect(notedCodes(till).filter((code) => code.startsWith('raffle-event'))).toHaveLength(1);
  });

  test('may extend sales where the profile lets it, before they are over', async () => {
    using till = await openSellingTill({ profile: { mayExtendSales: true } });
    const later = addMilliseconds(RAFFLE_EVENT.salesEnd, 600_000);
    await till.contact({ salesEnd: later });
    expect(till.core().snapshot().selling?.salesEnd).toBe(later);
    await till.time.advance(3 * 3_600_000 + 600_250);
    await till.contact({ salesEnd: addMilliseconds(later, 600_000) });
    expect(till.core().snapshot().selling).toMatchObject({ salesEnd: later, hasEnded: true });
  });
});

test('a till that was off while prices changed opens with the new ones, not with its old ones', async () => {
  using till = await openSellingTill({ raffleEvent: { state: 'created' } });
  await till.contact({ state: 'active' });
  expect(await till.sell(PACKAGES.one)).toMatchObject({
    failure: { code: 'raffle-event.not-open-yet' },
  });
  const packages = RAFFLE_EVENT.packages.map((sold) => ({
    ...sold,
    price: { ...sold.price, minor: minorUnits(700) },
  }));
  await till.mirror({
    mirrorVersion: '1.2',
    raffleEvents: [{ ...RAFFLE_EVENT, state: 'active', packages }],
  });
  const { selling, sync } = till.core().snapshot();
  expect([selling?.packages[0]?.price.minor, selling?.refusal, sync?.problem]).toEqual([
    700,
    null,
    null,
  ]);
});

describe('the mirror', () => {
  test('is journaled only if it says anything new, with wrapped secrets', async () => {
    using till = await openTill();
    await till.mirror();
    await till.mirror();
    expect(till.payloads('mirror.received')).toHaveLength(1);
    expect(till.payloads('numbers.received')).toHaveLength(2);
    const [block] = FIRST_NUMBERS.validationBlocks;
    const text = JSON.stringify(till.entries());
    expect(text).not.toContain(block.key);
    expect(text).not.toContain(TEST_MIRROR.operators[0]?.credential.hash);
  });

  test('with thousands of people takes several entries, and a change of one takes a small one', async () => {
    using till = await openTill();
    await till.mirror({ mirrorVersion: '1.2', operators: crowd(2_000) });
    const parts = till.payloads('mirror.received').slice(1);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index + 1));
    expect(till.rows().operators()).toHaveLength(2_004);
    expect(till.rows().mirror()?.mirrorVersion).toBe('1.2');

    const operators = crowd(1_999).map((person, index) =>
      index === 0 ? { ...person, displayName: 'Sam Smith' } : person,
    );
    await till.mirror({ mirrorVersion: '1.3', operators });
    expect(till.payloads('mirror.received').slice(1 + parts.length)).toMatchObject([
      {
        mirrorVersion: '1.3',
        part: 1,
        parts: 1,
        changes: [
          { kind: 'operator', operator: { displayName: 'Sam Smith' } },
          { kind: 'operator-unlisted', operatorId: fakeId('f', 1_999) },
        ],
      },
    ]);
    expect(till.rows().operators()).toHaveLength(2_003);
  });

  test('that cannot be written is said on the screen until it can', async () => {
    using till = await openSellingTill();
    const large = {
      mirrorVersion: '1.2',
      venue: { ...TEST_MIRROR.venue, name: 'Elsewhere' },
      operators: crowd(500),
    };
    till.fillDisk();
    await till.mirror(large);
    expect(till.core().snapshot().sync?.problem).toEqual({ code: 'disk.full', detail: {} });
    expect(till.rows().mirror()?.mirrorVersion).toBe('1.1');
    till.freeDisk();
    await till.mirror(large);
    expect(till.core().snapshot()).toMatchObject({
      sync: { problem: null },
      terminal: { venueName: 'Elsewhere' },
    });
  });

  test('does not change what was frozen: the till keeps the old facts and takes the rest', async () => {
    using till = await openSellingTill();
    const packages = RAFFLE_EVENT.packages.map((sold) => ({
      ...sold,
      price: { ...sold.price, minor: minorUnits(1) },
    }));
    const changed: Partial<Mirror> = {
      mirrorVersion: '1.2',
      raffleEvents: [{ ...RAFFLE_EVENT, packages }],
      operators: TEST_MIRROR.operators.slice(0, 2),
    };
    await till.mirror(changed);
    await till.mirror({ ...changed, mirrorVersion: '1.3' });
    expect(till.rows().raffleEvent(HOME_GAME)?.raffleEvent.packages).toEqual(RAFFLE_EVENT.packages);
    expect(till.rows().operators()).toHaveLength(2);
    expect(
      till.payloads('significant-event.noted').filter(({ code }) => code.startsWith('raffle')),
    ).toEqual([
      {
        code: 'raffle-event.changed-after-start',
        severity: 'error',
        detail: { raffleEventId: HOME_GAME, fields: ['packages'] },
      },
    ]);
    expect(till.core().snapshot().sync?.problem?.code).toBe('raffle-event.changed-after-start');
    expect(await till.sell(PACKAGES.one)).toMatchObject({ value: { totalMinor: 500 } });
  });

  test('keeps the chosen raffle event when the central forgets it', async () => {
    using till = await openSellingTill();
    await till.mirror({ mirrorVersion: '1.2', raffleEvents: [] });
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
  });

  test('brings back what became of an order under review', async () => {
    using till = await openSellingTill();
    await till.sell(PACKAGES.one);
    const orderId = till.payloads('sale.completed')[0]?.orders[0]?.orderId ?? fakeId('6', 1);
    const resolution = { orderId, outcome: 'under-review', reason: 'sold late' } as const;
    await till.mirror({ mirrorVersion: '1.2', resolutions: [resolution] });
    expect(await till.run['order.show']({ orderId })).toMatchObject({
      value: { standing: 'under-review', reviewReason: 'sold late' },
    });
    expect(till.core().snapshot().sync?.underReviewCount).toBe(1);
  });
});

describe('numbers', () => {
  const requestId = fakeId<RequestId>('5', 1);
  const allocation = {
    ...FIRST_NUMBERS.allocations[0],
    allocationId: fakeId<AllocationId>('9', 2),
    indices: { from: 500, to: 600 },
  };
  const block = {
    ...FIRST_NUMBERS.validationBlocks[0],
    validationBlockId: fakeId<ValidationBlockId>('8', 2),
    prefix: '10000002',
  };
  const FIRST_ALLOCATION = FIRST_NUMBERS.allocations[0].allocationId;
  const FIRST_BLOCK = FIRST_NUMBERS.validationBlocks[0].validationBlockId;
  const numbers = {
    kind: 'numbers',
    requestId,
    allocations: [allocation],
    validationBlocks: [block],
  } as const;

  test('are journaled once each', async () => {
    using till = await openTill();
    await till.sync.tell(numbers, numbers);
    expect(till.payloads('numbers.received').slice(2)).toMatchObject([
      { requestId, allocations: [], validationBlocks: [{ prefix: '10000002' }] },
      { requestId, allocations: [allocation], validationBlocks: [] },
    ]);
    expect(till.core().snapshot().selling?.numbersLeft).toBe(200);
  });

  test.each([
    ['sequential', { ...allocation, indices: { from: 100, to: 200 } }],
    ['random', { ...allocation, mode: 'random', indices: { from: 0, to: 2 }, numbers: [900, 7] }],
    ['twice', { ...allocation, mode: 'random', indices: { from: 0, to: 2 }, numbers: [900, 900] }],
  ] as const)('that overlap what the till holds are not taken: %s', async (_, overlapping) => {
    using till = await openTill();
    const told = {
      ...numbers,
      allocations: allocationSchema.array().parse([overlapping]),
      validationBlocks: [],
    };
    await till.sync.tell(told, told);
    expect(till.core().snapshot()).toMatchObject({
      selling: { numbersLeft: 100 },
      sync: { problem: { code: 'numbers.refused' } },
    });
    expect(notedCodes(till).filter((code) => code === 'numbers.refused')).toHaveLength(1);
  });

  test.each([
    [
      'an id of an allocation',
      { allocations: [{ ...allocation, allocationId: FIRST_ALLOCATION }] },
    ],
    ['an id of a block', { validationBlocks: [{ ...block, validationBlockId: FIRST_BLOCK }] }],
    ['a prefix', { validationBlocks: [{ ...block, prefix: '10000001' }] }],
  ])(
    'that go by %s held for another raffle event are refused, and all else is taken',
    async (_, wrong) => {
      using till = await openSellingTill();
      const otherEvent = fakeId<RaffleEventId>('b', 2);
      const elsewhere = { allocations: [], validationBlocks: [], ...wrong };
      await till.sync.tell({
        kind: 'numbers',
        requestId,
        allocations: [
          ...elsewhere.allocations.map((dealt) => ({ ...dealt, raffleEventId: otherEvent })),
          allocation,
        ],
        validationBlocks: [
          ...elsewhere.validationBlocks.map((dealt) => ({ ...dealt, raffleEventId: otherEvent })),
          block,
        ],
      });
      expect(till.payloads('significant-event.noted').at(-1)).toMatchObject({
        code: 'numbers.refused',
        severity: 'error',
        detail: { refusal: 'identity-taken' },
      });
      expect(till.rows().allocations(otherEvent)).toEqual([]);
      expect(till.rows().validationBlocks(otherEvent)).toEqual([]);
      expect(till.core().snapshot()).toMatchObject({
        selling: { numbersLeft: 200 },
        sync: { problem: { code: 'numbers.refused' } },
      });
      expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
    },
  );

  test('are asked for at a fifth, and noted once', async () => {
    using till = await openSellingTill({ profile: { offline: { isAllowed: false } } });
    for (let count = 0; count < 7; count += 1) await till.sell(PACKAGES.ten);
    expect(till.sync.requested()).toEqual([]);
    await till.sell(PACKAGES.ten);
    await till.sell(PACKAGES.one);
    expect(till.sync.requested()).toEqual([HOME_GAME, HOME_GAME]);
    expect(notedCodes(till).filter((code) => code === 'numbers.low')).toHaveLength(1);
    expect(till.core().snapshot().selling).toMatchObject({ isLowOnNumbers: true, numbersLeft: 19 });
    await till.sync.tell(numbers);
    expect(till.core().snapshot().selling?.isLowOnNumbers).toBe(false);
  });
});

describe('the standing', () => {
  test('says "all sent" only where both sides count the same', async () => {
    using till = await openSellingTill();
    await till.sell(PACKAGES.one);
    expect(till.core().snapshot().sync).toMatchObject({ orderCount: 1, sentOrderCount: 0 });
    await till.acknowledge();
    expect(till.core().snapshot().sync).toMatchObject({
      orderCount: 1,
      sentOrderCount: 1,
      unsentEntryCount: 0,
      isAllSent: true,
    });
    await till.sell(PACKAGES.one);
    const { seq, hash } = till.rows().head();
    const wrong = {
      kind: 'standing',
      standing: {
        highWaterSeq: seq,
        headHash: hash,
        totals: { orderCount: 1, grossMinor: 500, quarantinedOrderCount: 0 },
      },
      verdicts: [],
    } as const;
    await till.sync.tell(wrong, wrong);
    expect(till.core().snapshot().sync?.isAllSent).toBe(false);
    expect(
      till.payloads('significant-event.noted').filter(({ code }) => code === 'totals.disagree'),
    ).toMatchObject([
      {
        detail: {
          here: { orderCount: 2, grossMinor: 1_000 },
          central: { orderCount: 1, grossMinor: 500 },
        },
      },
    ]);
  });

  test('with another hash at the head means a copy: out of service', async () => {
    using till = await openSellingTill();
    const { seq } = till.rows().head();
    await till.sync.tell({
      kind: 'standing',
      standing: {
        highWaterSeq: seq,
        headHash: hashBytes(utf8('another branch')),
        totals: { orderCount: 0, grossMinor: 0, quarantinedOrderCount: 0 },
      },
      verdicts: [],
    });
    expect(till.core().phase()).toMatchObject({
      kind: 'out-of-service',
      faults: [{ check: 'journal chain' }],
    });
    expect(notedCodes(till)).toContain('memory.corrupt');
    await till.sync.tell({ kind: 'forked', seq }, { kind: 'forked', seq: 2 });
    expect(till.core().phase()).toMatchObject({ faults: [{}, {}] });
  });
});

describe('while heads are to be compared', () => {
  test('nothing is appended; then the start is journaled and what came meanwhile is taken', async () => {
    using till = await openTill();
    const rebuilt = {
      source: 'second-file',
      recoveredThroughSeq: till.rows().head().seq,
      reason: 'database lost',
    } as const;
    const before = till.rows().head();
    await till.restart({ mustCompareHeads: true, rebuilt });
    expect(till.sync.flushedSeq()).toBe(before.seq);
    const signingIn = till.signIn();
    await till.time.advance(10_000);
    expect(await signingIn).toMatchObject({ failure: { code: 'terminal.comparing-heads' } });
    expect(till.pinHasher.comparisons()).toBe(0);
    expect(till.core().snapshot().selling?.refusal?.code).toBe('terminal.comparing-heads');
    await till.contact({ state: 'suspended' });
    await till.mirror({ mirrorVersion: '1.2' });
    expect(till.rows().head()).toEqual(before);
    await till.acknowledge();
    expect(till.payloads('terminal.rebuilt')).toEqual([rebuilt]);
    expect(
      till
        .entries()
        .map(({ kind }) => kind)
        .slice(before.seq),
    ).toEqual(['terminal.rebuilt', 'terminal.started', 'mirror.received']);
    expect(await till.signIn()).toMatchObject({ ok: true });
  });

  test('somebody who signs in waits for it, and types the PIN once', async () => {
    using till = await openTill();
    await till.restart({ mustCompareHeads: true });
    const signingIn = till.signIn();
    await till.time.advance(2_000);
    expect(till.pinHasher.comparisons()).toBe(0);
    await till.acknowledge();
    expect(await signingIn).toMatchObject({ ok: true, value: { kind: 'active' } });
    expect(till.payloads('operator.signed-in')).toHaveLength(1);
  });

  test('a full disk keeps lost entries out: the screen says so, and they are taken when they come again', async () => {
    using till = await openSellingTill();
    const copy = till.database().client.serialize();
    const copiedThrough = till.rows().head().seq;
    for (let count = 0; count < 8; count += 1) await till.sell(PACKAGES.three);
    const head = till.rows().head();
    const lost = till.secondJournal.entries().slice(copiedThrough);
    await till.restoreCopy(copy, { mustCompareHeads: true });
    till.fillDisk();
    await till.sync.tell({ kind: 'lost-entries', entries: lost });
    expect(till.rows().head().seq).toBe(copiedThrough);
    expect(till.core().snapshot()).toMatchObject({
      selling: { refusal: { code: 'terminal.comparing-heads' } },
      sync: { problem: { code: 'disk.full' } },
    });
    till.freeDisk();
    await till.sync.tell({ kind: 'lost-entries', entries: lost });
    expect(till.rows().head()).toEqual(head);
    expect(till.core().snapshot().sync?.problem).toBeNull();
  });

  test('a till that was set back sells again only with all that it had come to', async () => {
    using till = await openSellingTill();
    const copy = till.database().client.serialize();
    const { seq: endsAtSeq } = till.rows().head();
    await till.sell(PACKAGES.one);
    await till.sell(PACKAGES.three);
    const awaitedHead = till.rows().head();
    const lost = till.secondJournal.entries().slice(endsAtSeq);
    let startsOver = 0;
    await till.restoreCopy(copy, {
      mustCompareHeads: true,
      awaitedHead,
      startOver: () => {
        startsOver += 1;
      },
    });
    const setBack = { kind: 'set-back', endsAtSeq, reachedSeq: awaitedHead.seq };
    expect(till.core().phase()).toEqual({ ...setBack, search: 'asking' });
    expect(await till.run['enrolment.start-over']({})).toMatchObject({
      failure: { code: 'terminal.comparing-heads' },
    });
    await till.sync.tell({
      kind: 'problem',
      problem: { kind: 'transport', detail: 'no network' },
    });
    expect(till.core().phase()).toEqual({ ...setBack, search: 'unreachable' });
    await till.contact();
    await till.acknowledge();
    expect(till.core().phase()).toEqual({ ...setBack, search: 'not-found' });
    expect(await till.run['enrolment.start-over']({})).toEqual({ ok: true, value: {} });
    expect(startsOver).toBe(1);

    // Somebody brought the rest to the central after all.
    await till.sync.tell({ kind: 'lost-entries', entries: lost.slice(0, -1) });
    await till.acknowledge();
    expect(till.core().phase()).toMatchObject({ kind: 'set-back', search: 'not-found' });
    await till.sync.tell({ kind: 'lost-entries', entries: lost.slice(-1) });
    await till.acknowledge();
    expect(till.core().phase()).toEqual({ kind: 'ready' });
    expect(await till.run['enrolment.start-over']({})).toMatchObject({
      failure: { code: 'terminal.already-enrolled' },
    });
  });

  test('entries that only the central has are taken back first', async () => {
    using till = await openSellingTill();
    await till.sell(PACKAGES.one);
    const copy = till.database().client.serialize();
    const copiedThrough = till.rows().head().seq;
    await till.sell(PACKAGES.three);
    const head = till.rows().head();
    const totals = till.rows().totals();
    const lost = till.secondJournal.entries().slice(copiedThrough);
    await till.restoreCopy(copy, { mustCompareHeads: true });
    expect(till.rows().head().seq).toBe(copiedThrough);
    const standing = {
      kind: 'standing',
      standing: {
        highWaterSeq: head.seq,
        headHash: head.hash,
        totals: { ...totals, quarantinedOrderCount: 0 },
      },
      verdicts: [],
    } as const;
    await till.sync.tell(standing);
    expect(till.core().snapshot().selling?.refusal?.code).toBe('terminal.comparing-heads');
    await till.sync.tell(
      { kind: 'lost-entries', entries: lost.slice(0, 1) },
      { kind: 'lost-entries', entries: lost.slice(1) },
      standing,
    );
    expect(till.payloads('terminal.rebuilt')).toMatchObject([
      { source: 'central', recoveredThroughSeq: head.seq },
    ]);
    await till.signIn();
    await till.sell(PACKAGES.one);
    expect(till.payloads('sale.completed').at(-1)?.orders[0]?.numbers).toMatchObject([
      { indices: { from: 5, to: 6 } },
    ]);
  });
});

test('the jackpot is shown with the time it was known, and never journaled', async () => {
  using till = await openTill();
  const jackpot = {
    raffleEventId: HOME_GAME,
    prizeMinor: minorUnits(123_400),
    currency: CAD,
    knownAt: TEST_START,
  };
  const head = till.rows().head();
  await till.sync.tell({ kind: 'jackpot', jackpot });
  expect(till.core().snapshot().selling?.jackpot).toEqual(jackpot);
  expect(till.rows().head()).toEqual(head);
  await till.restart();
  expect(till.core().snapshot().selling?.jackpot).toBeNull();
});
