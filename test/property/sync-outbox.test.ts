import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyPair } from '#test/helpers/sync/key-pair.ts';
import { type RunningTill, startTill } from '#test/helpers/sync/running-till.ts';
import {
  type Fault,
  type ScriptedCentral,
  startScriptedCentral,
} from '#test/helpers/sync/scripted-central.ts';

/** What happens next, at the till, at the central or between them. */
type Happening =
  | { readonly kind: 'sell'; readonly count: number }
  | { readonly kind: 'pass'; readonly requests: number }
  | { readonly kind: 'settle' }
  | { readonly kind: 'restart-worker' }
  | { readonly kind: 'restart-central' }
  | { readonly kind: 'restore-central'; readonly lost: number }
  | { readonly kind: 'roll-back-till'; readonly lost: number };

const fault: fc.Arbitrary<Fault | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Fault>(
      'drop-request',
      'drop-answer',
      'half-answer',
      'twice',
      'captive-portal',
      'redirect',
      'busy',
      'bad-gateway',
      'forget-tokens',
    ),
  },
);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('sell' as const),
      count: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      requests: fc.integer({ min: 1, max: 8 }),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'settle' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart-worker' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart-central' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('restore-central' as const),
      lost: fc.integer({ min: 1, max: 40 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('roll-back-till' as const),
      lost: fc.integer({ min: 1, max: 40 }),
    }),
  },
);

/** One till and one central, to which things happen. */
interface World {
  readonly central: ScriptedCentral;
  till: RunningTill;
  readonly key: ReturnType<typeof createKeyPair>;
  /** How many entries the till has written in all. */
  sold: number;
}

function start(
  world: Pick<World, 'key' | 'central'>,
  journal?: RunningTill['journal'],
): RunningTill {
  return startTill(world.key, world.central, {
    ...(journal === undefined ? {} : { journal }),
    onNews(news, own) {
      if (news.kind === 'lost-entries') own.adopt(news.entries);
    },
  });
}

async function happen(world: World, next: Happening): Promise<void> {
  const { central } = world;
  switch (next.kind) {
    case 'sell':
      world.till.sell(
        ...Array.from({ length: next.count }, (_, index) => `sale ${world.sold + index}`),
      );
      world.sold += next.count;
      return;
    case 'pass': {
      const goal = central.seen.length + next.requests;
      const deadline = performance.now() + 50;
      await world.till.until(
        'requests, or some time to pass',
        () => central.seen.length >= goal || performance.now() > deadline,
      );
      return;
    }
    case 'settle':
      return await settle(world);
    case 'restart-central':
      await central.stop();
      await central.restart();
      return;
    case 'restore-central':
      central.memory.restore(Math.max(0, central.memory.stored.length - next.lost));
      return;
    case 'restart-worker':
      await world.till.stop();
      world.till = start(world, world.till.journal);
      world.till.engine.wake(world.till.journal.head().seq);
      return;
    case 'roll-back-till':
      await rollBackTill(world, next.lost);
      return;
  }
}

/** Waits until the central has everything, reminding the till now and then to look. */
async function settle({ till, central }: World): Promise<void> {
  till.engine.wake(till.journal.head().seq);
  await till.until('everything to arrive', () => {
    central.wakeStreams();
    return central.memory.stored.length === till.journal.head().seq;
  });
}

/** A till that lost entries compares heads and takes them back before it sells again. */
async function rollBackTill(world: World, lost: number): Promise<void> {
  const { journal } = world.till;
  await world.till.stop();
  const safe = Math.min(world.central.memory.stored.length, journal.head().seq);
  const goal = journal.head().seq;
  if (safe < goal) return resume(world);
  journal.rollBackTo(Math.max(0, goal - lost));
  resume(world);
  await world.till.until('the lost entries', () => journal.head().seq === goal);
}

function resume(world: World): void {
  world.till = start(world, world.till.journal);
  world.till.engine.wake(world.till.journal.head().seq);
}

describe('the outbox', () => {
  it('arrives whole, in order and once, whatever the network and both ends do', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { minLength: 1, maxLength: 40 }),
        fc.array(happening, { minLength: 1, maxLength: 12 }),
        async (faults, happenings) => {
          const key = createKeyPair();
          const central = await startScriptedCentral(key);
          const waiting = [...faults];
          central.misbehave(() => waiting.shift());
          const world: World = { key, central, till: start({ key, central }), sold: 0 };
          try {
            for (const next of happenings) await happen(world, next);
            await settle(world);
            const { journal } = world.till;
            expect(central.memory.stored).toEqual(journal.written);
            expect(central.memory.secondBranch).toEqual([]);
            expect(journal.written).toHaveLength(world.sold);
            expect(world.till.newsOf('forked')).toEqual([]);
          } finally {
            await world.till.stop();
            await central.stop();
          }
        },
      ),
      { numRuns: 150, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
    );
  });
});
