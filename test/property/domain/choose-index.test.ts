import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseIndex, scaleRawValue } from '#shared/domain/draw/choose-index.ts';

const RAW_RANGE = 2n ** 64n;
const POOL_SIZES = [1, 2, 3, 10, 2 ** 16, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 53 - 1];
const poolSize = fc.oneof(fc.constantFrom(...POOL_SIZES), fc.integer({ min: 1, max: 2 ** 31 }));

test('every index has one interval of raw values, and all intervals are equally long', () => {
  fc.assert(
    fc.property(poolSize, fc.nat(), (count, place) => {
      const index = place % count;
      const length = RAW_RANGE / BigInt(count);
      const first = BigInt(index) * length;
      expect([
        scaleRawValue(first, count),
        scaleRawValue(first + length - 1n, count),
        first === 0n ? undefined : scaleRawValue(first - 1n, count),
      ]).toStrictEqual([index, index, index === 0 ? undefined : index - 1]);
    }),
  );
});

test('what is left beyond the last interval is discarded, and is shorter than one', () => {
  fc.assert(
    fc.property(poolSize, (count) => {
      const end = (RAW_RANGE / BigInt(count)) * BigInt(count);
      expect(scaleRawValue(end - 1n, count)).toBe(count - 1);
      expect(RAW_RANGE - end < BigInt(count)).toBe(true);
      if (end < RAW_RANGE) {
        expect(scaleRawValue(end, count)).toBeUndefined();
        expect(scaleRawValue(RAW_RANGE - 1n, count)).toBeUndefined();
      }
    }),
  );
});

test('a discarded raw value is replaced by the next one', () => {
  const raw = [RAW_RANGE - 1n, RAW_RANGE - 1n, RAW_RANGE / 2n, 0n];
  const values = { next: () => raw.shift() ?? 0n };
  expect([chooseIndex(values, 3), raw]).toStrictEqual([1, [0n]]);
});

test('nothing can be chosen from nothing', () => {
  expect(() => scaleRawValue(0n, 0)).toThrow('nothing to choose from: 0');
});
