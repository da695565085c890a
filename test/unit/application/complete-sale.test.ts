import { describe, expect, test } from 'vitest';
import type { OperationInput } from '#shared/contract/terminal/operations.ts';
import { checkoutDraftSchema } from '#shared/contract/terminal/snapshot.ts';
import { isWellFormedValidationNumber } from '#shared/domain/validation-number.ts';
import type { AllocationId, CheckoutId, RequestId } from '#shared/kernel/ids.ts';
import { addMilliseconds } from '#shared/kernel/instant.ts';
import { minorUnits } from '#shared/kernel/money.ts';
import { fakeId } from '#test/helpers/fakes/fake-ids.ts';
import { settle, TEST_START } from '#test/helpers/fakes/fake-time.ts';
import {
  openBareTill,
  openSellingTill,
  openTill,
  type TestTill,
} from '#test/helpers/fakes/open-till.ts';
import {
  FIRST_NUMBERS,
  HOME_GAME,
  PACKAGES,
  PEOPLE,
  RAFFLE_EVENT,
} from '#test/helpers/fakes/test-mirror.ts';

type Request = OperationInput<'sale.complete'>;

/** A request to sell one package of three numbers, paid exactly unless told otherwise. */
async function requestFor(till: TestTill, changes: Partial<Request> = {}): Promise<Request> {
  const draft = await till.fill(PACKAGES.three);
  if (!draft.ok) throw new Error(draft.failure.code);
  const { checkoutId, lines } = checkoutDraftSchema.parse(draft.value);
  return {
    checkoutId,
    lines,
    expectedTotalMinor: minorUnits(1_000),
    payment: { tender: 'cash', tenderedMinor: null, isConfirmed: false },
    ...changes,
  };
}

/** A request for a cart that was never filled. */
function requestOf(checkoutId: CheckoutId): Request {
  return {
    checkoutId,
    lines: [{ packageId: PACKAGES.one, quantity: 1 }],
    expectedTotalMinor: minorUnits(500),
    payment: { tender: 'cash', tenderedMinor: null, isConfirmed: false },
  };
}

function cash(tenderedMinor: number, isConfirmed = false): Request['payment'] {
  return { tender: 'cash', tenderedMinor: minorUnits(tenderedMinor), isConfirmed };
}

describe('a cash sale', () => {
  test('is one entry with one order and one ticket for each package', async () => {
    using till = await openSellingTill();
    const sold = await till.sell(PACKAGES.three, PACKAGES.one);
    const receipt = sold.ok ? sold.value : undefined;
    expect(receipt).toMatchObject({
      currency: 'CAD',
      totalMinor: 1_500,
      roundingMinor: 0,
      tenderedMinor: 1_500,
      changeMinor: 0,
      lines: [
        { packageId: PACKAGES.three, quantity: 1 },
        { packageId: PACKAGES.one, quantity: 1 },
      ],
    });
    const [sale, ...others] = till.payloads('sale.completed');
    expect(others).toEqual([]);
    expect(sale?.orders.map((order) => [order.numbers, order.validationSequence])).toEqual([
      [[{ allocationId: fakeId<AllocationId>('9', 1), indices: { from: 1, to: 4 } }], 1],
      [[{ allocationId: fakeId<AllocationId>('9', 1), indices: { from: 4, to: 5 } }], 2],
    ]);
    expect(
      sale?.orders.every((order) => isWellFormedValidationNumber(order.validationNumber)),
    ).toBe(true);
    expect(sale).toMatchObject({
      raffleEventId: HOME_GAME,
      shiftId: null,
      isOffline: false,
      runningTotals: { orderCount: 2, grossMinor: 1_500 },
      payments: [{ tender: 'cash', amountMinor: 1_500, tenderedMinor: 1_500, changeMinor: 0 }],
    });
    expect(till.printer.requests().map(({ printJobId }) => printJobId)).toEqual(
      sale?.orders.map(({ printJobId }) => printJobId),
    );
  });

  test('goes on with running totals and carries the seller', async () => {
    using till = await openSellingTill();
    await till.sell(PACKAGES.three);
    await till.sell(PACKAGES.one);
    const sales = till.entries().filter(({ kind }) => kind === 'sale.completed');
    expect(till.payloads('sale.completed').map(({ runningTotals }) => runningTotals)).toEqual([
      { orderCount: 1, grossMinor: 1_000 },
      { orderCount: 2, grossMinor: 1_500 },
    ]);
    expect(sales.map(({ operatorId }) => operatorId)).toEqual([
      PEOPLE.sam.operatorId,
      PEOPLE.sam.operatorId,
    ]);
  });

  test('gives change, and rounds to the smallest coin', async () => {
    const packages = RAFFLE_EVENT.packages.map((sold) => ({
      ...sold,
      price: { ...sold.price, minor: minorUnits(1_003) },
    }));
    using till = await openSellingTill({ raffleEvent: { packages } });
    const request = await requestFor(till, {
      expectedTotalMinor: minorUnits(1_003),
      payment: cash(2_000),
    });
    expect(await till.run['sale.complete'](request)).toMatchObject({
      ok: true,
      value: { totalMinor: 1_003, roundingMinor: 2, tenderedMinor: 2_000, changeMinor: 995 },
    });
    expect(till.payloads('sale.completed')[0]?.payments).toMatchObject([
      { amountMinor: 1_005, tenderedMinor: 2_000, changeMinor: 995 },
    ]);
  });

  test('takes from two ranges when one is nearly used up, and asks for more', async () => {
    using till = await openSellingTill({
      mirror: {
        allocations: [
          { ...FIRST_NUMBERS.allocations[0], indices: { from: 1, to: 3 } },
          {
            ...FIRST_NUMBERS.allocations[0],
            allocationId: fakeId<AllocationId>('9', 2),
            indices: { from: 50, to: 53 },
          },
        ],
      },
    });
    await till.sell(PACKAGES.three);
    expect(till.payloads('sale.completed')[0]?.orders[0]?.numbers).toEqual([
      { allocationId: fakeId<AllocationId>('9', 1), indices: { from: 1, to: 3 } },
      { allocationId: fakeId<AllocationId>('9', 2), indices: { from: 50, to: 51 } },
    ]);
    expect(await till.fill(PACKAGES.three)).toMatchObject({
      ok: false,
      failure: { code: 'allocation.exhausted' },
    });
    await till.sell(PACKAGES.one);
    await till.sell(PACKAGES.one);
    expect(till.sync.requested()).toContain(HOME_GAME);
    expect(
      till.payloads('significant-event.noted').filter(({ code }) => code.startsWith('numbers.')),
    ).toMatchObject([{ code: 'numbers.exhausted', detail: { drawNumbersLeft: 0 } }]);
  });

  test('is marked off line when the central cannot be reached', async () => {
    using till = await openSellingTill();
    await till.sync.tell({ kind: 'problem', problem: { kind: 'transport', detail: 'no route' } });
    await till.sell(PACKAGES.one);
    expect(till.payloads('sale.completed')[0]?.isOffline).toBe(true);
  });
});

describe('the same checkout again', () => {
  test('gets the first answer, also for two taps at once', async () => {
    using till = await openSellingTill();
    const request = await requestFor(till);
    const [first, second] = await Promise.all([
      till.run['sale.complete'](request),
      till.run['sale.complete'](request),
    ]);
    await settle();
    const third = await till.run['sale.complete'](request);
    expect(first).toMatchObject({ ok: true, value: { totalMinor: 1_000 } });
    expect([second, third]).toMatchObject([
      { ok: true, value: { soldAt: first.ok ? first.value.soldAt : '' } },
      { ok: true, value: { tickets: [{ state: 'printed' }] } },
    ]);
    expect(till.payloads('sale.completed')).toHaveLength(1);
    expect(till.printer.requests()).toHaveLength(1);
  });

  test('gets no answer before the first one is safe', async () => {
    using till = await openSellingTill();
    const request = await requestFor(till);
    till.secondJournal.hold();
    const answers: string[] = [];
    const both = [1, 2].map(async () => {
      const sold = await till.run['sale.complete'](request);
      answers.push(sold.ok ? 'sold' : sold.failure.code);
    });
    await settle();
    expect(answers).toEqual([]);
    expect(till.printer.requests()).toEqual([]);
    till.secondJournal.release();
    await Promise.all(both);
    expect(answers).toEqual(['sold', 'sold']);
  });

  test('with other content is refused', async () => {
    using till = await openSellingTill();
    const request = await requestFor(till);
    await till.run['sale.complete'](request);
    expect(await till.run['sale.complete']({ ...request, payment: cash(5_000) })).toEqual({
      ok: false,
      failure: { code: 'checkout.conflict', detail: {} },
    });
    expect(till.payloads('sale.completed')).toHaveLength(1);
  });

  test('gets the first answer after a restart too', async () => {
    using till = await openSellingTill();
    const request = await requestFor(till);
    const first = await till.run['sale.complete'](request);
    await till.restart();
    await till.signIn();
    expect(await till.run['sale.complete'](request)).toMatchObject({
      ok: true,
      value: { soldAt: first.ok ? first.value.soldAt : '' },
    });
    expect(till.payloads('sale.completed')).toHaveLength(1);
  });
});

describe('a sale is refused', () => {
  async function refusalOf(till: TestTill, changes: Partial<Request>): Promise<unknown> {
    const request = await requestFor(till, changes);
    const headBefore = till.rows().head().seq;
    const refused = await till.run['sale.complete'](request);
    expect(till.rows().head().seq).toBe(headBefore);
    return refused.ok ? 'sold' : refused.failure;
  }

  test.each([
    ['too little', { payment: cash(900) }, 'payment.too-little', { missingMinor: 100 }],
    ['an improbable amount', { payment: cash(7_005) }, 'payment.improbable', {}],
    ['another total', { expectedTotalMinor: minorUnits(900) }, 'checkout.total-changed', {}],
    ['a cart that is not open', { checkoutId: fakeId<CheckoutId>('6', 1) }, 'checkout.unknown', {}],
    [
      'more tickets than one entry holds',
      { lines: [1, 2].map(() => ({ packageId: PACKAGES.one, quantity: 26 })) },
      'checkout.too-large',
      { maximum: 50 },
    ],
  ])('for %s', async (_, changes, code, detail) => {
    using till = await openSellingTill();
    expect(await refusalOf(till, changes)).toMatchObject({ code, detail });
  });

  test('for an improbable amount only once', async () => {
    using till = await openSellingTill();
    const request = await requestFor(till, { payment: cash(7_005, true) });
    expect(await till.run['sale.complete'](request)).toMatchObject({
      ok: true,
      value: { changeMinor: 6_005 },
    });
  });

  test('where the profile does not take cash', async () => {
    using till = await openSellingTill({ profile: { tenders: ['card'] } });
    expect(await refusalOf(till, {})).toMatchObject({ code: 'payment.tender-not-allowed' });
  });

  test('when the disk did not take it: the money goes back', async () => {
    using till = await openSellingTill();
    const request = await requestFor(till, { payment: cash(2_000) });
    const { client } = till.database();
    client.pragma(`max_page_count = ${client.pragma('page_count', { simple: true })}`);
    const blocker = client.prepare('CREATE TEMP TABLE filler (content TEXT) STRICT');
    blocker.run();
    let refused = await till.run['sale.complete'](request);
    // Free space inside the file's pages may still take a sale or two.
    for (let attempt = 0; refused.ok && attempt < 20; attempt += 1) {
      refused = await till.run['sale.complete'](await requestFor(till, { payment: cash(2_000) }));
    }
    expect(refused).toEqual({
      ok: false,
      failure: { code: 'sale.not-saved', detail: { giveBackMinor: 2_000, cause: 'disk.full' } },
    });
  });
});

describe('a closed gate refuses the sale inside the transaction', () => {
  const gates: [string, (till: TestTill) => Promise<unknown> | undefined, string][] = [
    ['disabled till', (till) => till.contact({}, 'disabled'), 'terminal.disabled'],
    ['nobody signed in', (till) => till.run['session.sign-out']({}), 'session.required'],
    ['locked', (till) => till.run['session.lock']({}), 'session.locked'],
    [
      'suspended by the central',
      (till) => till.contact({ state: 'suspended' }),
      'raffle-event.suspended',
    ],
    ['closed by the central', (till) => till.contact({ state: 'closed' }), 'raffle-event.closed'],
    [
      'cancelled by the central',
      (till) => till.contact({ state: 'cancelled' }),
      'raffle-event.cancelled',
    ],
    ['end of sales', (till) => till.time.advance(3 * 3_600_000), 'raffle-event.closed'],
    [
      'clock that was put back',
      (till) => {
        till.time.moveWall(-600_000);
        return till.time.advance(500);
      },
      'clock.in-doubt',
    ],
    [
      'full disk',
      (till) => {
        till.disk.freeBytes = 1_000;
        return undefined;
      },
      'sale.not-saved',
    ],
    [
      'printer without paper',
      (till) => {
        till.printer.setCondition('paper-out');
        return undefined;
      },
      'printer.not-ready',
    ],
    [
      'fault',
      async (till) => till.core().goOutOfService([{ check: 'chain', detail: 'broken' }]),
      'terminal.out-of-service',
    ],
  ];

  test.each(gates)('%s', async (_, close, code) => {
    using till = await openSellingTill();
    const request = await requestFor(till);
    await close(till);
    expect(await till.run['sale.complete'](request)).toMatchObject({
      ok: false,
      failure: { code },
    });
    expect(till.payloads('sale.completed')).toEqual([]);
  });

  test('with nobody signed in the till itself would sell, but no cart is filled', async () => {
    using till = await openTill();
    expect(till.core().snapshot().selling?.refusal).toBeNull();
    expect(await till.fill(PACKAGES.one)).toMatchObject({
      ok: false,
      failure: { code: 'session.required' },
    });
  });

  test('a till that is not enrolled', async () => {
    using till = await openBareTill();
    const sale = requestOf(fakeId('6', 1));
    expect(till.core().snapshot().selling).toBeNull();
    expect(await till.run['sale.complete'](sale)).toEqual({
      ok: false,
      failure: { code: 'terminal.not-enrolled', detail: {} },
    });
    expect(await till.fill(PACKAGES.one)).toEqual({
      ok: false,
      failure: { code: 'terminal.not-enrolled', detail: {} },
    });
  });

  test('a till that has not chosen what it sells for', async () => {
    using till = await openBareTill();
    await till.enrol();
    await till.mirror({ raffleEvents: [] });
    await till.contact();
    await till.signIn();
    expect(await till.run['sale.complete'](requestOf(fakeId('6', 1)))).toEqual({
      ok: false,
      failure: { code: 'raffle-event.none-chosen', detail: {} },
    });
    expect(till.payloads('sale.completed')).toEqual([]);
  });

  test('sales end to the millisecond by trusted time', async () => {
    using till = await openSellingTill();
    await till.time.advance(3 * 3_600_000 - 1);
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
    const request = await requestFor(till);
    await till.time.advance(1);
    expect(await till.run['sale.complete'](request)).toMatchObject({
      ok: false,
      failure: { code: 'raffle-event.closed' },
    });
    await till.time.advance(250);
    expect(till.payloads('sales.ended')).toEqual([
      { raffleEventId: HOME_GAME, cause: 'published-end', salesEnd: RAFFLE_EVENT.salesEnd },
    ]);
  });

  test('before sales begin', async () => {
    const salesStart = addMilliseconds(TEST_START, 60_000);
    using till = await openSellingTill({ raffleEvent: { salesStart } });
    expect(await till.fill(PACKAGES.one)).toEqual({
      ok: false,
      failure: { code: 'raffle-event.not-open-yet', detail: { salesStart } },
    });
    await till.time.advance(60_000);
    expect(await till.fill(PACKAGES.one)).toMatchObject({ ok: true });
  });
});

describe('without the central', () => {
  const offline = {
    isAllowed: true,
    maximumOrders: 2,
    maximumValueMinor: 50_000,
    maximumHours: 1,
  } as const;
  const lost = { kind: 'problem', problem: { kind: 'transport', detail: 'no route' } } as const;

  test('sells up to the limit of orders, and goes on after the upload', async () => {
    using till = await openSellingTill({ profile: { offline } });
    await till.acknowledge();
    await till.sync.tell(lost);
    expect(await till.sell(PACKAGES.one, PACKAGES.three, PACKAGES.ten)).toMatchObject({
      ok: false,
      failure: { code: 'offline.order-limit', detail: { used: 0, maximum: 2 } },
    });
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
    await till.time.advance(1_000);
    expect(await till.sell(PACKAGES.one)).toMatchObject({
      ok: false,
      failure: { code: 'offline.order-limit', detail: { used: 2, maximum: 2 } },
    });
    expect(till.payloads('significant-event.noted').map(({ code }) => code)).toContain(
      'offline-limit.reached',
    );
    await till.contact();
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: false });
    await till.acknowledge();
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
  });

  test('stops after the hours that the profile allows', async () => {
    using till = await openSellingTill({ profile: { offline } });
    await till.sync.tell(lost);
    await till.time.advance(3_599_000);
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
    await till.time.advance(1_000);
    expect(await till.sell(PACKAGES.one)).toMatchObject({
      ok: false,
      failure: { code: 'offline.hour-limit' },
    });
  });

  test('stops at the limit of money', async () => {
    using till = await openSellingTill({
      profile: { offline: { ...offline, maximumValueMinor: 1_500 } },
    });
    await till.sync.tell(lost);
    await till.sell(PACKAGES.three);
    expect(await till.sell(PACKAGES.three)).toMatchObject({
      ok: false,
      failure: { code: 'offline.value-limit' },
    });
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
  });

  test('does not sell at all where the profile forbids it', async () => {
    using till = await openSellingTill({ profile: { offline: { isAllowed: false } } });
    expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
    await till.sync.tell(lost);
    expect(await till.sell(PACKAGES.one)).toMatchObject({
      ok: false,
      failure: { code: 'offline.not-allowed' },
    });
  });
});

test('new numbers make a till sell on', async () => {
  using till = await openSellingTill({ mirror: { allocations: [] } });
  expect(await till.fill(PACKAGES.one)).toMatchObject({
    ok: false,
    failure: { code: 'allocation.exhausted' },
  });
  await till.sync.tell({
    kind: 'numbers',
    requestId: fakeId<RequestId>('5', 1),
    allocations: FIRST_NUMBERS.allocations,
    validationBlocks: [],
  });
  expect(await till.sell(PACKAGES.one)).toMatchObject({ ok: true });
});
