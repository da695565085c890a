import { expect, test } from 'vitest';
import { findReturnRefusal } from '#shared/domain/allocation-return.ts';

const allocation = { indices: { from: 100, to: 200 }, nextIndex: 150 };

test.each([
  [150, undefined],
  [199, undefined],
  [149, 'sold-already'],
  [100, 'sold-already'],
  [99, 'not-held'],
  [200, 'nothing-left'],
])('of 100 to 199 with 150 next, from %i is %s', (from, refusal) => {
  expect(findReturnRefusal(allocation, from)).toBe(refusal);
});

test('of another holder is not held', () => {
  expect(findReturnRefusal(undefined, 150)).toBe('not-held');
});
