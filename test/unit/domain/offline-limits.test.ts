import { describe, expect, test } from 'vitest';
import { limitPassedBy, limitReached, offlineUseOf } from '#shared/domain/offline-limits.ts';

const LIMITS = { maximumOrders: 100, maximumValueMinor: 50_000, maximumHours: 4 };
const MS_PER_HOUR = 3_600_000;

function useOf(orders: number, valueMinor: number, hours: number) {
  return offlineUseOf(LIMITS, { orders, valueMinor, msSinceContact: hours * MS_PER_HOUR });
}

describe('offline limits', () => {
  test('show what is used of each', () => {
    expect(useOf(12, 6_000, 1.5)).toEqual({
      orders: { used: 12, maximum: 100 },
      valueMinor: { used: 6_000, maximum: 50_000 },
      hours: { used: 1.5, maximum: 4 },
      isNearLimit: false,
      isAtLimit: false,
    });
  });

  test.each([
    ['orders', useOf(80, 0, 0), useOf(79, 0, 0)],
    ['value', useOf(0, 40_000, 0), useOf(0, 39_999, 0)],
    ['hours', useOf(0, 0, 3.2), useOf(0, 0, 3.19)],
  ])('are near at 80 %% of the %s', (_limit, near, notYet) => {
    expect([near.isNearLimit, near.isAtLimit]).toEqual([true, false]);
    expect(notYet.isNearLimit).toBe(false);
  });

  test.each([
    ['orders', useOf(100, 0, 0)],
    ['valueMinor', useOf(0, 50_000, 0)],
    ['hours', useOf(0, 0, 4)],
  ])('are reached at 100 %% of the %s, which is named', (limit, use) => {
    expect(use.isAtLimit).toBe(true);
    expect(limitReached(use)).toBe(limit);
    expect(limitPassedBy(use, { orders: 1, valueMinor: 1 })).toBe(limit);
  });

  test('are not reached below them', () => {
    expect(limitReached(useOf(99, 49_999, 3.99))).toBeUndefined();
  });

  test('let the last sale reach them, but not pass them', () => {
    const use = useOf(98, 49_000, 0);
    expect(limitPassedBy(use, { orders: 2, valueMinor: 1_000 })).toBeUndefined();
    expect(limitPassedBy(use, { orders: 3, valueMinor: 1_000 })).toBe('orders');
    expect(limitPassedBy(use, { orders: 1, valueMinor: 1_001 })).toBe('valueMinor');
  });
});
