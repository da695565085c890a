import type { Brand } from './brand.ts';
import { invariant } from './invariant.ts';

/** A number that may be drawn; unique within its raffle event. */
export type DrawNumber = Brand<number, 'DrawNumber'>;

/** The largest draw number: what the central's 32-bit columns hold. */
export const LARGEST_DRAW_NUMBER = 2_147_483_647;

/** Brands a whole number from 0 to `LARGEST_DRAW_NUMBER`. Throws on anything else. */
export function drawNumber(value: number): DrawNumber {
  invariant(
    Number.isInteger(value) && value >= 0 && value <= LARGEST_DRAW_NUMBER,
    `not a draw number: ${value}`,
  );
  return value as DrawNumber;
}

/** Whole numbers from `from` up to, but not including, `to`. Empty when they are equal. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** A range. Throws unless both ends are whole and `from` is not beyond `to`. */
export function numberRange(from: number, to: number): NumberRange {
  invariant(
    Number.isSafeInteger(from) && Number.isSafeInteger(to) && from <= to,
    `not a range: ${from} to ${to}`,
  );
  return { from, to };
}

/** How many numbers a range holds. */
export function rangeSize(range: NumberRange): number {
  return range.to - range.from;
}

/** Whether two ranges have a number in common. */
export function rangesOverlap(left: NumberRange, right: NumberRange): boolean {
  return left.from < right.to && right.from < left.to;
}

/** Every number of a range, in order. */
export function numbersOf(range: NumberRange): number[] {
  return Array.from({ length: rangeSize(range) }, (_, index) => range.from + index);
}

/** The ranges that hold exactly `numbers`, which must ascend without repeats. */
export function rangesOf(numbers: readonly number[]): NumberRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    invariant(last === undefined || number >= last.to, 'numbers must ascend without repeats');
    if (last !== undefined && last.to === number) last.to = number + 1;
    else ranges.push({ from: number, to: number + 1 });
  }
  return ranges;
}
