import { describe, expect, test } from 'vitest';
import { drawNumberTexts, formatDrawNumber } from '#shared/domain/draw-number-text.ts';

const MILLION = { from: 0, to: 1_000_000 };

describe('a draw number in words', () => {
  test.each([
    [12_345, { from: 0, to: 1_000_000 }, '012 345'],
    [0, { from: 0, to: 1_000_000 }, '000 000'],
    [7, { from: 1, to: 1_000_001 }, '0 000 007'],
    [7, { from: 1, to: 100 }, '07'],
    [7, { from: 0, to: 10_000 }, '0 007'],
    [2_147_483_647, { from: 0, to: 2_147_483_648 }, '2 147 483 647'],
  ])('%i is as long as the longest of its raffle: %j', (number, space, expected) => {
    expect(formatDrawNumber(number, space)).toBe(expected);
  });
});

describe('draw numbers on a ticket', () => {
  test('are runs from three on', () => {
    expect(drawNumberTexts([5, 6, 7, 20, 21, 99], MILLION, false)).toEqual([
      '000 005 - 000 007 (3)',
      '000 020',
      '000 021',
      '000 099',
    ]);
  });

  test('stand one by one where the profile says so', () => {
    expect(drawNumberTexts([5, 6, 7], MILLION, true)).toEqual(['000 005', '000 006', '000 007']);
  });

  test('keep the order in which they were dealt', () => {
    expect(drawNumberTexts([9, 3, 4, 5, 1], MILLION, false)).toEqual([
      '000 009',
      '000 003 - 000 005 (3)',
      '000 001',
    ]);
  });
});
