import { describe, expect, it } from 'vitest';
import { resultToSignal } from '#renderer/stores/result-signal.ts';

describe('what is heard of a sale', () => {
  it.each([
    ['saving', 'sold', 'sold'],
    ['saving', 'not-sold', 'not-sold'],
    ['saving', 'cash', null],
    ['cart', 'sold', null],
    ['sold', 'sold', null],
    ['not-sold', 'cart', null],
  ] as const)('from %s to %s: %s', (before, now, result) => {
    expect(resultToSignal(before, now)).toBe(result);
  });
});
