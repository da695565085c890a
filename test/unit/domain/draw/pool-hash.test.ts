import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPool } from '#shared/domain/draw/pool-hash.ts';
import { drawNumber } from '#shared/kernel/draw-numbers.ts';

test('a pool is hashed as sha256sum hashes a file with a number a line', () => {
  const file = '0\n7\n1000\n2147483647\n';
  expect(hashPool([0, 7, 1_000, 2_147_483_647].map(drawNumber))).toBe(
    createHash('sha256').update(file).digest('hex'),
  );
});

test('an empty pool has a hash as well', () => {
  expect(hashPool([])).toBe(createHash('sha256').digest('hex'));
});

test.each([[[2, 1]], [[1, 1]]])('%j is not in order, which is a bug', (numbers) => {
  expect(() => hashPool(numbers.map(drawNumber))).toThrow('a pool ascends without repeats');
});
