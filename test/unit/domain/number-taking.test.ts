import { describe, expect, test } from 'vitest';
import {
  drawNumbersHash,
  drawNumbersOf,
  numbersLeft,
  type OpenAllocation,
  salesLeft,
  takeNumbersForOrders,
} from '#shared/domain/number-taking.ts';
import { type AllocationId, idOf } from '#shared/kernel/ids.ts';

const FIRST = idOf<AllocationId>('00000000-0000-7000-8000-000000000001');
const SECOND = idOf<AllocationId>('00000000-0000-7000-8000-000000000002');

const ALLOCATIONS: readonly OpenAllocation[] = [
  { allocationId: FIRST, indices: { from: 100, to: 200 }, nextIndex: 195 },
  { allocationId: SECOND, indices: { from: 500, to: 600 }, nextIndex: 500 },
];

describe('taking numbers', () => {
  test('takes from the first allocation with room', () => {
    expect(takeNumbersForOrders(ALLOCATIONS, [5])).toEqual([
      [{ allocationId: FIRST, indices: { from: 195, to: 200 } }],
    ]);
  });

  test('goes on in the next allocation where the first one ends', () => {
    expect(takeNumbersForOrders(ALLOCATIONS, [10])).toEqual([
      [
        { allocationId: FIRST, indices: { from: 195, to: 200 } },
        { allocationId: SECOND, indices: { from: 500, to: 505 } },
      ],
    ]);
  });

  test('skips an allocation that is sold out', () => {
    const soldOut = [{ ...ALLOCATIONS[0], nextIndex: 200 }, ALLOCATIONS[1]] as OpenAllocation[];
    expect(takeNumbersForOrders(soldOut, [1])).toEqual([
      [{ allocationId: SECOND, indices: { from: 500, to: 501 } }],
    ]);
  });

  test('takes the very last numbers, and nothing beyond them', () => {
    expect(takeNumbersForOrders(ALLOCATIONS, [105])?.[0]).toHaveLength(2);
    expect(takeNumbersForOrders(ALLOCATIONS, [106])).toBeUndefined();
    expect(takeNumbersForOrders([], [1])).toBeUndefined();
  });

  test('gives several orders of one sale numbers one after the other', () => {
    expect(takeNumbersForOrders(ALLOCATIONS, [3, 4, 1])).toEqual([
      [{ allocationId: FIRST, indices: { from: 195, to: 198 } }],
      [
        { allocationId: FIRST, indices: { from: 198, to: 200 } },
        { allocationId: SECOND, indices: { from: 500, to: 502 } },
      ],
      [{ allocationId: SECOND, indices: { from: 502, to: 503 } }],
    ]);
  });

  test('takes nothing when the last order of a sale does not fit', () => {
    expect(takeNumbersForOrders(ALLOCATIONS, [100, 6])).toBeUndefined();
  });

  test('throws on an order of no numbers', () => {
    expect(() => takeNumbersForOrders(ALLOCATIONS, [0])).toThrow('an order of 0 numbers');
  });
});

describe('what is left', () => {
  test('adds up the rests of all allocations', () => {
    expect(numbersLeft(ALLOCATIONS)).toBe(105);
    expect(numbersLeft([])).toBe(0);
  });

  test('is the smaller of draw and validation numbers, as sales of one package', () => {
    expect(salesLeft({ drawNumbers: 105, validationNumbers: 1_000 }, 10)).toBe(10);
    expect(salesLeft({ drawNumbers: 105, validationNumbers: 7 }, 10)).toBe(7);
    expect(salesLeft({ drawNumbers: 105, validationNumbers: 1_000 }, 106)).toBe(0);
    expect(salesLeft({ drawNumbers: -3, validationNumbers: 0 }, 10)).toBe(0);
  });
});

describe('draw numbers of indices', () => {
  test('are the indices themselves in a sequential allocation', () => {
    const dealt = { mode: 'sequential', indices: { from: 100, to: 200 } } as const;
    expect(drawNumbersOf(dealt, { from: 150, to: 153 })).toEqual([150, 151, 152]);
  });

  test('are looked up in a random one', () => {
    const dealt = { mode: 'random', indices: { from: 0, to: 4 }, numbers: [7, 3, 9, 1] } as const;
    expect(drawNumbersOf(dealt, { from: 1, to: 4 })).toEqual([3, 9, 1]);
  });

  test('throw outside their allocation', () => {
    const dealt = { mode: 'sequential', indices: { from: 100, to: 200 } } as const;
    expect(() => drawNumbersOf(dealt, { from: 199, to: 201 })).toThrow('outside their allocation');
  });

  test('are hashed as decimal digits joined by commas', () => {
    expect(drawNumbersHash([1, 2, 3])).toBe(
      '8a6ae15122001229edb8866f56e342af12ae8187203c3e3b33931743e7c0c48d',
    );
  });
});
