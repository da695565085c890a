import type { AllocationRow, ValidationBlockRow } from '#main/ports/terminal-rows.ts';
import { numbersLeft, type OpenAllocation } from '#shared/domain/number-taking.ts';
import { rangeSize } from '#shared/kernel/draw-numbers.ts';

/** Below this share of what the open ranges hold, more numbers are asked for. */
const LOW_SHARE = 0.2;

/** What a till has left to sell for one raffle event. */
export interface Holdings {
  readonly drawNumbersLeft: number;
  readonly validationNumbersLeft: number;
  /** Fewer than a fifth of the ranges in use are left, of either kind. */
  readonly isLow: boolean;
}

/** An allocation as the rules of number taking see it. */
export function openAllocation({ allocation, nextIndex }: AllocationRow): OpenAllocation {
  return { allocationId: allocation.allocationId, indices: allocation.indices, nextIndex };
}

/** Sums up allocations and validation blocks. Those that are used up do not count towards the share. */
export function holdingsOf(
  allocations: readonly AllocationRow[],
  blocks: readonly ValidationBlockRow[],
): Holdings {
  const open = allocations.filter(({ allocation, nextIndex }) => nextIndex < allocation.indices.to);
  const openBlocks = blocks.filter(({ block, nextSequence }) => nextSequence <= block.size);
  const drawNumbersLeft = numbersLeft(open.map(openAllocation));
  const drawNumbersHeld = sum(open.map(({ allocation }) => rangeSize(allocation.indices)));
  const validationNumbersLeft = sum(
    openBlocks.map(({ block, nextSequence }) => block.size - nextSequence + 1),
  );
  const validationNumbersHeld = sum(openBlocks.map(({ block }) => block.size));
  return {
    drawNumbersLeft,
    validationNumbersLeft,
    isLow:
      drawNumbersLeft <= drawNumbersHeld * LOW_SHARE ||
      validationNumbersLeft <= validationNumbersHeld * LOW_SHARE,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
