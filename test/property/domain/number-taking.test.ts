import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  numbersLeft,
  type OpenAllocation,
  salesLeft,
  takeNumbersForOrders,
} from '#shared/domain/number-taking.ts';
import { type AllocationId, idOf } from '#shared/kernel/ids.ts';

/** Allocations that do not overlap, each sold up to some point. */
const allocations = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 40 }), taken: fc.nat(40) }), { maxLength: 6 })
  .map((shapes) =>
    shapes.map(({ size, taken }, place): OpenAllocation => {
      const from = place * 100;
      return {
        allocationId: idOf<AllocationId>(`00000000-0000-7000-8000-00000000000${place}`),
        indices: { from, to: from + size },
        nextIndex: from + Math.min(taken, size),
      };
    }),
  );

const counts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });

function freeIndices(open: readonly OpenAllocation[]): number[] {
  return open.flatMap(({ indices, nextIndex }) =>
    Array.from({ length: indices.to - nextIndex }, (_, offset) => nextIndex + offset),
  );
}

test('orders get exactly the first free numbers: none twice, none skipped, none too many', () => {
  fc.assert(
    fc.property(allocations, counts, (open, wanted) => {
      const orders = takeNumbersForOrders(open, wanted);
      const sum = wanted.reduce((left, right) => left + right, 0);
      expect(orders === undefined).toBe(sum > numbersLeft(open));
      if (orders === undefined) return;
      const taken = orders.map((parts) =>
        parts.flatMap(({ indices }) =>
          Array.from({ length: indices.to - indices.from }, (_, offset) => indices.from + offset),
        ),
      );
      expect(taken.map((numbers) => numbers.length)).toEqual(wanted);
      expect(taken.flat()).toEqual(freeIndices(open).slice(0, sum));
    }),
  );
});

test('as many packages can be taken as are said to be left, and not one more', () => {
  fc.assert(
    fc.property(allocations, fc.integer({ min: 1, max: 30 }), (open, size) => {
      const atHand = { drawNumbers: numbersLeft(open), validationNumbers: Number.MAX_SAFE_INTEGER };
      const left = salesLeft(atHand, size);
      const sell = (count: number) => takeNumbersForOrders(open, Array(count).fill(size));
      expect(sell(left)).toHaveLength(left);
      expect(sell(left + 1)).toBeUndefined();
    }),
  );
});
