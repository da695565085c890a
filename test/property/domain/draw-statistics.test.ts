import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { selectWinners } from '#shared/domain/draw/select-winners.ts';
import { drawNumber } from '#shared/kernel/draw-numbers.ts';
import type { PrizeId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';

const SELECTIONS = 1_000_000;
const PRIZE = '00000000-0000-4000-8000-000000000001' as PrizeId;

/** A standard normal variable lies within this with a probability of 99 %. */
const Z_99 = 2.5758;

/** A value that a chi-square variable exceeds with a probability of 1 % (Wilson and Hilferty). */
function chiSquare99(degreesOfFreedom: number): number {
  const spread = 2 / (9 * degreesOfFreedom);
  return degreesOfFreedom * (1 - spread + 2.3263 * Math.sqrt(spread)) ** 3;
}

function chiSquareOf(counts: Uint32Array, expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Indices into a pool of `poolSize` numbers, which stand for the draw numbers 0, 1, 2 … */
function draw(seedName: string, poolSize: number, count: number, staysIn: boolean): number[] {
  const drawn = selectWinners({
    seed: createHash('sha256').update(seedName).digest(),
    pool: Array.from({ length: poolSize }, (_, number) => drawNumber(number)),
    prizes: [{ prizeId: PRIZE, winnerCount: count }],
    staysIn,
  });
  invariant(drawn.ok, 'the pool is large enough');
  return drawn.value.map((selection) => selection.drawNumber);
}

describe.each(['first', 'second', 'third'])('10^6 selections of the %s seed', (seedName) => {
  const sizes = [7, 1_000, 65_537] as const;
  const drawn = new Map(
    sizes.map((size) => [size, draw(`${seedName} ${size}`, size, SELECTIONS, true)]),
  );
  const from = (size: (typeof sizes)[number]) => drawn.get(size) ?? [];

  test.each(sizes)('are equally frequent among %i numbers (chi-square)', (size) => {
    const counts = new Uint32Array(size);
    for (const index of from(size)) counts[index] = (counts[index] ?? 0) + 1;
    expect(chiSquareOf(counts, SELECTIONS / size)).toBeLessThan(chiSquare99(size - 1));
  });

  test('follow each other equally often (chi-square of pairs)', () => {
    const counts = new Uint32Array(49);
    const indices = from(7);
    for (let place = 0; place < SELECTIONS; place += 2) {
      const pair = (indices[place] ?? 0) * 7 + (indices[place + 1] ?? 0);
      counts[pair] = (counts[pair] ?? 0) + 1;
    }
    expect(chiSquareOf(counts, SELECTIONS / 2 / 49)).toBeLessThan(chiSquare99(48));
  });

  test('change sides as often as chance does (runs above and below the middle)', () => {
    const isHigh = from(1_000).map((index) => index >= 500);
    const high = isHigh.filter(Boolean).length;
    const low = SELECTIONS - high;
    const runs = 1 + isHigh.filter((side, place) => place > 0 && side !== isHigh[place - 1]).length;
    const mean = 1 + (2 * high * low) / SELECTIONS;
    const variance = ((mean - 1) * (mean - 2)) / (SELECTIONS - 1);
    expect(Math.abs(runs - mean) / Math.sqrt(variance)).toBeLessThan(Z_99);
  });

  test.each([1, 2, 3, 10])('say nothing of the one %i later (serial correlation)', (lag) => {
    const indices = from(1_000);
    const mean = indices.reduce((sum, index) => sum + index, 0) / SELECTIONS;
    let product = 0;
    let square = 0;
    for (const [place, index] of indices.entries()) {
      square += (index - mean) ** 2;
      const later = indices[place + lag];
      if (later !== undefined) product += (index - mean) * (later - mean);
    }
    expect(Math.abs(product / square) * Math.sqrt(SELECTIONS)).toBeLessThan(Z_99);
  });
});

test('three of ten numbers that do not stay in come in every order equally often', () => {
  const orders = 10 * 9 * 8;
  const draws = 100_000;
  const counts = new Map<string, number>();
  for (let place = 0; place < draws; place += 1) {
    const order = draw(`three of ten ${place}`, 10, 3, false).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(orders);
  expect(chiSquareOf(Uint32Array.from(counts.values()), draws / orders)).toBeLessThan(
    chiSquare99(orders - 1),
  );
});
