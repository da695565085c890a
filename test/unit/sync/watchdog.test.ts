import { describe, expect, it } from 'vitest';
import { createWatchdog, type Progress } from '#main/workers/sync/watchdog.ts';

const STALL_MS = 60_000;
const stalled: Omit<Progress, 'nowMs'> = { hasUnsent: true, isOnline: true, sentSeq: 5 };

/** What the watchdog orders at each second in which it does not say to carry on. */
function ordersOver(seconds: number, progressAt: (second: number) => Omit<Progress, 'nowMs'>) {
  const watchdog = createWatchdog(STALL_MS);
  return Array.from({ length: seconds }, (_, second) => ({
    second,
    order: watchdog.observe({ nowMs: second * 1_000, ...progressAt(second) }),
  })).filter(({ order }) => order.kind !== 'carry-on');
}

describe('the watchdog', () => {
  it('orders a new client after a minute without progress, and has it told each minute after', () => {
    expect(ordersOver(200, () => stalled)).toEqual([
      { second: 60, order: { kind: 'rebuild' } },
      { second: 120, order: { kind: 'rebuild-and-tell', sinceMs: 120_000 } },
      { second: 180, order: { kind: 'rebuild-and-tell', sinceMs: 180_000 } },
    ]);
  });

  it.each([
    ['nothing waits', { ...stalled, hasUnsent: false }],
    ['the till is offline: that has an error of its own', { ...stalled, isOnline: false }],
  ])('carries on while %s', (_, progress) => {
    expect(ordersOver(600, () => progress)).toEqual([]);
  });

  it('starts over whenever the high water moves, forward or back', () => {
    const orders = ordersOver(200, (second) => ({
      ...stalled,
      sentSeq: second < 50 ? 5 : second < 100 ? 6 : 3,
    }));
    expect(orders).toEqual([{ second: 160, order: { kind: 'rebuild' } }]);
  });

  it('starts over when the connection is back', () => {
    const orders = ordersOver(200, (second) => ({ ...stalled, isOnline: second !== 70 }));
    expect(orders.map(({ second, order }) => [second, order.kind])).toEqual([
      [60, 'rebuild'],
      [130, 'rebuild'],
      [190, 'rebuild-and-tell'],
    ]);
  });
});
