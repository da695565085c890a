import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numbersOfParts } from '#main/application/sale/number-source.ts';
import type { AllocationId, RequestId, ValidationBlockId } from '#shared/kernel/ids.ts';
import { fakeId } from '#test/helpers/fakes/fake-ids.ts';
import { settle } from '#test/helpers/fakes/fake-time.ts';
import { openSellingTill, type TestTill } from '#test/helpers/fakes/open-till.ts';
import { FIRST_NUMBERS, HOME_GAME, PACKAGES, PEOPLE } from '#test/helpers/fakes/test-mirror.ts';

type Step =
  | { readonly kind: 'sell'; readonly packages: readonly (keyof typeof PACKAGES)[] }
  | { readonly kind: 'sell-twice' }
  | { readonly kind: 'print'; readonly outcome: 'unknown' | 'not-sent' | 'sent-not-proven' }
  | { readonly kind: 'answer'; readonly answer: 'complete' | 'torn' | 'nothing' }
  | { readonly kind: 'numbers'; readonly count: number; readonly isRandom: boolean }
  | { readonly kind: 'kill' | 'acknowledge' | 'lose-central' | 'find-central' | 'reprint' }
  | { readonly kind: 'wait'; readonly seconds: number };

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('sell' as const),
      packages: fc.array(fc.constantFrom('one', 'three', 'ten'), { minLength: 1, maxLength: 4 }),
    }),
  },
  fc.record({ kind: fc.constant('sell-twice' as const) }),
  fc.record({
    kind: fc.constant('print' as const),
    outcome: fc.constantFrom('unknown', 'not-sent', 'sent-not-proven'),
  }),
  fc.record({
    kind: fc.constant('answer' as const),
    answer: fc.constantFrom('complete', 'torn', 'nothing'),
  }),
  fc.record({
    kind: fc.constant('numbers' as const),
    count: fc.integer({ min: 1, max: 30 }),
    isRandom: fc.boolean(),
  }),
  fc.record({
    kind: fc.constantFrom(
      'kill' as const,
      'acknowledge' as const,
      'lose-central' as const,
      'find-central' as const,
      'reprint' as const,
    ),
  }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 2_400 }) }),
);

const APPROVAL = {
  identification: { method: 'name', operatorId: PEOPLE.supervisor.operatorId },
  pin: PEOPLE.supervisor.pin,
} as const;

async function take(till: TestTill, step: Step, place: number): Promise<void> {
  switch (step.kind) {
    case 'sell':
      await till.sell(...step.packages.map((name) => PACKAGES[name]));
      return;
    case 'sell-twice':
      return await sellTwice(till);
    case 'print':
      till.printer.script(step.outcome);
      return;
    case 'answer': {
      const [open] = till.core().snapshot().openTickets;
      if (open === undefined) return;
      await till.run['ticket.answer']({ printJobId: open.printJobId, answer: step.answer });
      return await settle();
    }
    case 'reprint': {
      const [open] = till.core().snapshot().openTickets;
      if (open === undefined) return;
      const { orderId } = open;
      await till.run['ticket.reprint']({ orderId, reason: 'torn', approval: APPROVAL });
      return await settle();
    }
    case 'numbers':
      return await deal(till, step, place);
    case 'kill':
      await till.restart();
      await till.signIn();
      return;
    case 'acknowledge':
      return await till.acknowledge();
    case 'find-central':
      return await till.contact();
    case 'lose-central':
      return await till.sync.tell({
        kind: 'problem',
        problem: { kind: 'transport', detail: 'no route' },
      });
    case 'wait':
      return await till.time.advance(step.seconds * 1_000);
  }
}

/** Two taps at once, a kill before the answer, and the same tap once more. */
async function sellTwice(till: TestTill): Promise<void> {
  const draft = await till.fill(PACKAGES.three);
  if (!draft.ok) return;
  const request = {
    ...draft.value,
    expectedTotalMinor: 1_000 as never,
    payment: { tender: 'cash', tenderedMinor: null, isConfirmed: false },
  } as const;
  await Promise.all([till.run['sale.complete'](request), till.run['sale.complete'](request)]);
  await till.restart();
  await till.signIn();
  await till.run['sale.complete'](request);
  await settle();
}

async function deal(
  till: TestTill,
  { count, isRandom }: Extract<Step, { kind: 'numbers' }>,
  place: number,
): Promise<void> {
  const from = 1_000 + place * 100;
  const allocation = {
    raffleEventId: HOME_GAME,
    allocationId: fakeId<AllocationId>('9', 100 + place),
  };
  const numbers = Array.from({ length: count }, (_, index) => from + ((index * 37) % 100));
  await till.sync.tell({
    kind: 'numbers',
    requestId: fakeId<RequestId>('5', place + 1),
    allocations: [
      isRandom
        ? { ...allocation, mode: 'random', indices: { from: 0, to: count }, numbers }
        : { ...allocation, mode: 'sequential', indices: { from, to: from + count } },
    ],
    validationBlocks: [
      {
        ...FIRST_NUMBERS.validationBlocks[0],
        validationBlockId: fakeId<ValidationBlockId>('8', 100 + place),
        prefix: `${20_000_000 + place}`,
        size: 5,
      },
    ],
  });
}

test('whatever happens, no number is sold twice and all totals add up', async () => {
  const histories = fc.array(stepArbitrary, { minLength: 5, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      using till = await openSellingTill({ profile: { maximumParkedTickets: 3 } });
      for (const [place, step] of steps.entries()) await take(till, step, place);

      const sales = till.payloads('sale.completed');
      const orders = sales.flatMap((sale) => sale.orders);
      const dealt = new Map(
        till
          .rows()
          .allocations(HOME_GAME)
          .map(({ allocation }) => [allocation.allocationId, allocation] as const),
      );
      const drawNumbers = orders.flatMap((order) => numbersOfParts(dealt, order.numbers));
      expect(new Set(drawNumbers).size).toBe(drawNumbers.length);
      expect(drawNumbers.length).toBe(
        orders.reduce((sum, { numberCount }) => sum + numberCount, 0),
      );
      const validationNumbers = orders.map(({ validationNumber }) => validationNumber);
      expect(new Set(validationNumbers).size).toBe(orders.length);
      expect(new Set(sales.map(({ checkoutId }) => checkoutId)).size).toBe(sales.length);

      const grossMinor = orders.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      const paidMinor = sales
        .flatMap(({ payments }) => payments)
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      expect(paidMinor).toBe(grossMinor);
      const totals = { orderCount: orders.length, grossMinor };
      expect(till.rows().totals()).toEqual(totals);
      expect(sales.at(-1)?.runningTotals ?? totals).toEqual(totals);
      expect(till.secondJournal.entries().map(({ seq }) => seq)).toEqual(
        Array.from({ length: till.rows().head().seq }, (_, index) => index + 1),
      );
    }),
    { numRuns: 40 },
  );
});
