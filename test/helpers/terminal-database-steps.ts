import fc from 'fast-check';
import type { HistoryStep } from './terminal-database-history.ts';

const state = fc.constantFrom('created', 'active', 'active', 'active', 'suspended', 'closed');

/** Any one thing that happens at a till; sales and prints most often. */
const step: fc.Arbitrary<HistoryStep> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('mirror'),
      peopleCount: fc.integer({ min: 0, max: 9 }),
      newPins: fc.boolean(),
      state,
      mostBytes: fc.constantFrom(300, 900, 100_000),
      isTorn: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('numbers'),
      count: fc.integer({ min: 1, max: 40 }),
      mode: fc.constantFrom('sequential', 'random'),
      blockSize: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('control'), state, isEnabled: fc.boolean() }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('sell'),
      packageSizes: fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('print'),
      outcome: fc.constantFrom('printed', 'sent-not-proven', 'not-sent', 'unknown', 'crash'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('answer'),
      answer: fc.constantFrom('complete', 'torn', 'nothing'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('sign-in'),
      person: fc.integer({ min: 0, max: 3 }),
      isRight: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('change-pin'),
      person: fc.integer({ min: 0, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('approve-configuration'),
      version: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart'), isClean: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('choose', 'reprint', 'sign-out', 'end-sales', 'checkpoint', 'notice'),
    }),
  },
);

/** A plausible life of a till: it begins with people and numbers, so that sales happen. */
export const history: fc.Arbitrary<readonly HistoryStep[]> = fc
  .array(step, { minLength: 1, maxLength: 60 })
  .map((steps) => [
    { kind: 'mirror', peopleCount: 3, newPins: false, state: 'active' },
    { kind: 'numbers', count: 30, mode: 'sequential', blockSize: 10 },
    ...steps,
  ]);
