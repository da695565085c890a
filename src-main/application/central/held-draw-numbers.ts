import type { Allocation } from '#shared/contract/mirror/numbers.ts';
import { type NumberRange, rangeSize, rangesOverlap } from '#shared/kernel/draw-numbers.ts';

/** The draw numbers of one raffle event that a till holds, sold or not. */
export interface HeldDrawNumbers {
  /** Whether an allocation deals a number that is held already. */
  overlaps(allocation: Allocation): boolean;
  add(allocation: Allocation): void;
}

/** Gathers the numbers of allocations, so that thousands of ranges are compared quickly. */
export function createHeldDrawNumbers(held: readonly Allocation[]): HeldDrawNumbers {
  const ranges: NumberRange[] = [];
  const single = new Set<number>();

  function add(allocation: Allocation): void {
    if (allocation.mode === 'sequential') ranges.push(allocation.indices);
    else for (const number of allocation.numbers) single.add(number);
  }

  function hasSingleIn(range: NumberRange): boolean {
    if (single.size < rangeSize(range)) return [...single].some((number) => isIn(range, number));
    for (let number = range.from; number < range.to; number += 1) {
      if (single.has(number)) return true;
    }
    return false;
  }

  for (const allocation of held) add(allocation);
  return {
    add,
    overlaps(allocation) {
      if (allocation.mode === 'sequential') {
        const { indices } = allocation;
        return ranges.some((range) => rangesOverlap(range, indices)) || hasSingleIn(indices);
      }
      return allocation.numbers.some(
        (number) => single.has(number) || ranges.some((range) => isIn(range, number)),
      );
    },
  };
}

function isIn({ from, to }: NumberRange, number: number): boolean {
  return number >= from && number < to;
}
