import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quickTenders, roundToCash } from '#shared/domain/cash.ts';
import { minorUnits } from '#shared/kernel/money.ts';

const total = fc.integer({ min: 1, max: 1_000_000 }).map(minorUnits);
const notes = fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 12 });

test('quick tenders are two different amounts above the total, ascending', () => {
  fc.assert(
    fc.property(total, notes, (amount, kinds) => {
      const [first, second, ...more] = quickTenders(amount, kinds);
      expect(more).toEqual([]);
      expect(first).toBeGreaterThan(amount);
      expect(second).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY);
    }),
  );
});

test('cash rounding moves a total by at most half a step, to a multiple of it', () => {
  fc.assert(
    fc.property(total, fc.integer({ min: 1, max: 10_000 }), (amount, step) => {
      const rounded = roundToCash(amount, step);
      expect(rounded % step).toBe(0);
      expect(Math.abs(rounded - amount) * 2).toBeLessThanOrEqual(step);
    }),
  );
});
