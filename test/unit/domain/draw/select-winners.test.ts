import { expect, test } from 'vitest';
import { selectWinners } from '#shared/domain/draw/select-winners.ts';
import { drawNumber } from '#shared/kernel/draw-numbers.ts';
import type { PrizeId } from '#shared/kernel/ids.ts';

const FIRST = '00000000-0000-4000-8000-000000000001' as PrizeId;
const SECOND = '00000000-0000-4000-8000-000000000002' as PrizeId;
const SEED = new Uint8Array(32).fill(9);
const POOL = [3, 5, 8, 13, 21, 34, 55, 89].map(drawNumber);

test('a known seed, pool and list of prizes give known numbers', () => {
  const prizes = [
    { prizeId: FIRST, winnerCount: 1 },
    { prizeId: SECOND, winnerCount: 3 },
  ];
  expect(selectWinners({ seed: SEED, pool: POOL, prizes, staysIn: false })).toStrictEqual({
    ok: true,
    value: [
      { order: 1, prizeId: FIRST, drawNumber: 89 },
      { order: 2, prizeId: SECOND, drawNumber: 8 },
      { order: 3, prizeId: SECOND, drawNumber: 55 },
      { order: 4, prizeId: SECOND, drawNumber: 34 },
    ],
  });
});

test('drawing every number of the pool once leaves none out', () => {
  const prizes = [{ prizeId: FIRST, winnerCount: POOL.length }];
  const drawn = selectWinners({ seed: SEED, pool: POOL, prizes, staysIn: false });
  const numbers = drawn.ok ? drawn.value.map((selection) => selection.drawNumber) : [];
  expect(numbers.toSorted((left, right) => left - right)).toStrictEqual(POOL);
});

test('a number that stays in can win more prizes than there are numbers', () => {
  const pool = [drawNumber(7)];
  const prizes = [{ prizeId: FIRST, winnerCount: 2 }];
  expect(selectWinners({ seed: SEED, pool, prizes, staysIn: true })).toStrictEqual({
    ok: true,
    value: [
      { order: 1, prizeId: FIRST, drawNumber: 7 },
      { order: 2, prizeId: FIRST, drawNumber: 7 },
    ],
  });
});

test.each([
  { pool: POOL.slice(0, 2), staysIn: false },
  { pool: [], staysIn: true },
])('$pool.length numbers cannot win three prizes (stay in: $staysIn)', ({ pool, staysIn }) => {
  const prizes = [
    { prizeId: FIRST, winnerCount: 1 },
    { prizeId: SECOND, winnerCount: 2 },
  ];
  expect(selectWinners({ seed: SEED, pool, prizes, staysIn })).toStrictEqual({
    ok: false,
    failure: { poolSize: pool.length, winnerCount: 3 },
  });
});
