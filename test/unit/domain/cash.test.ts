import { describe, expect, test } from 'vitest';
import { changeFor, isImprobable, quickTenders, roundToCash } from '#shared/domain/cash.ts';
import { minorUnits } from '#shared/kernel/money.ts';

const NOTES = [500, 1_000, 2_000, 5_000, 10_000];

describe('cash rounding', () => {
  test.each([
    [1_000, 5, 1_000],
    [1_002, 5, 1_000],
    [1_003, 5, 1_005],
    [1_007, 5, 1_005],
    [1_008, 5, 1_010],
    [1_005, 10, 1_000],
    [1_006, 10, 1_010],
    [1_250, 100, 1_200],
    [1_001, 1, 1_001],
    [0, 5, 0],
  ])('%i to a multiple of %i is %i', (total, step, expected) => {
    expect(roundToCash(minorUnits(total), step)).toBe(expected);
  });

  test('throws on a step of nothing', () => {
    expect(() => roundToCash(minorUnits(100), 0)).toThrow('not a cash step');
  });
});

describe('quick tenders', () => {
  test.each([
    [500, [1_000, 2_000]],
    [1_000, [2_000, 5_000]],
    [2_500, [5_000, 10_000]],
    [4_000, [5_000, 10_000]],
    [6_000, [10_000, 20_000]],
    [10_000, [20_000, 30_000]],
    [12_500, [15_000, 20_000]],
    [12_000, [15_000, 20_000]],
  ])('for %i are %j', (total, expected) => {
    expect(quickTenders(minorUnits(total), NOTES)).toEqual(expected);
  });

  test('work with a single banknote in any order', () => {
    expect(quickTenders(minorUnits(2_500), [1_000])).toEqual([3_000, 4_000]);
    expect(quickTenders(minorUnits(500), [2_000, 1_000])).toEqual([1_000, 2_000]);
  });

  test('throw without banknotes', () => {
    expect(() => quickTenders(minorUnits(500), [])).toThrow('no banknotes');
  });
});

describe('change', () => {
  test('is what was handed over beyond the total', () => {
    expect(changeFor(minorUnits(1_500), minorUnits(2_000))).toBe(500);
    expect(changeFor(minorUnits(1_500), minorUnits(1_500))).toBe(0);
  });

  test('is not given for too little', () => {
    expect(changeFor(minorUnits(1_500), minorUnits(1_499))).toBeUndefined();
  });
});

test('an amount is improbable beyond twice the total plus the largest note', () => {
  expect(isImprobable(minorUnits(2_000), minorUnits(14_000), 10_000)).toBe(false);
  expect(isImprobable(minorUnits(2_000), minorUnits(14_001), 10_000)).toBe(true);
});
