import { describe, expect, test } from 'vitest';
import {
  addMilliseconds,
  epochOf,
  type Instant,
  instantFromEpoch,
  millisecondsBetween,
  parseInstant,
} from '#shared/kernel/instant.ts';

const MOMENT = parseInstant('2026-11-22T19:05:00.250Z') as Instant;

describe('an instant', () => {
  test('is read from its one form', () => {
    expect(MOMENT).toBe('2026-11-22T19:05:00.250Z');
    expect(instantFromEpoch(epochOf(MOMENT))).toBe(MOMENT);
  });

  test.each([
    '',
    '2026-11-22',
    '2026-11-22T19:05:00Z',
    '2026-11-22T19:05:00.250+00:00',
    '2026-02-30T00:00:00.000Z',
    '2026-11-22T24:00:00.000Z',
    '2026-11-22T19:05:60.000Z',
    ' 2026-11-22T19:05:00.250Z',
  ])('is not %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  test('moves, and is measured from another', () => {
    const later = addMilliseconds(MOMENT, 90_000);
    expect(later).toBe('2026-11-22T19:06:30.250Z');
    expect(millisecondsBetween(MOMENT, later)).toBe(90_000);
    expect(millisecondsBetween(later, MOMENT)).toBe(-90_000);
  });

  test('stays within the years that the form has room for', () => {
    expect(() => addMilliseconds(MOMENT, 8_000 * 366 * 86_400_000)).toThrow('out of range');
    expect(() => instantFromEpoch(Number.NaN)).toThrow(RangeError);
  });
});
