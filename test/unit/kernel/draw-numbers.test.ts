import { describe, expect, test } from 'vitest';
import {
  drawNumber,
  LARGEST_DRAW_NUMBER,
  numberRange,
  numbersOf,
  rangeSize,
  rangesOf,
  rangesOverlap,
} from '#shared/kernel/draw-numbers.ts';

describe('a draw number', () => {
  test.each([0, 1, LARGEST_DRAW_NUMBER])('may be %i', (value) => {
    expect(drawNumber(value)).toBe(value);
  });

  test.each([-1, 0.5, LARGEST_DRAW_NUMBER + 1, Number.NaN])('is never %s', (value) => {
    expect(() => drawNumber(value)).toThrow('not a draw number');
  });
});

describe('a range', () => {
  test('ends before its second number', () => {
    const range = numberRange(5, 8);
    expect([range, rangeSize(range), numbersOf(range)]).toEqual([{ from: 5, to: 8 }, 3, [5, 6, 7]]);
    expect(numbersOf(numberRange(5, 5))).toEqual([]);
  });

  test.each([
    [2, 1],
    [0.5, 1],
    [0, Number.POSITIVE_INFINITY],
  ])('is never from %s to %s', (from, to) => {
    expect(() => numberRange(from, to)).toThrow('not a range');
  });

  test('overlaps another when they have a number in common', () => {
    const range = numberRange(10, 20);
    expect(rangesOverlap(range, numberRange(19, 30))).toBe(true);
    expect(rangesOverlap(range, numberRange(0, 11))).toBe(true);
    expect(rangesOverlap(range, numberRange(12, 13))).toBe(true);
    expect(rangesOverlap(range, numberRange(20, 30))).toBe(false);
    expect(rangesOverlap(range, numberRange(0, 10))).toBe(false);
  });
});

describe('ranges of numbers', () => {
  test('are as few as possible', () => {
    expect(rangesOf([1, 2, 3, 7, 9, 10])).toEqual([
      { from: 1, to: 4 },
      { from: 7, to: 8 },
      { from: 9, to: 11 },
    ]);
    expect(rangesOf([])).toEqual([]);
  });

  test.each([[[2, 1]], [[1, 1]]])('throw on numbers that do not ascend: %j', (numbers) => {
    expect(() => rangesOf(numbers)).toThrow('must ascend');
  });
});
