import { describe, expect, it } from 'vitest';
import { toConfirmable } from '#renderer/features/start/confirmable-time.ts';

const MINUTE = 60_000;

describe('the time a supervisor may confirm', () => {
  it.each([
    ['is the next whole minute', 10.5, null, null, 11],
    ['is not before the earliest', 3, 7.2, 20, 8],
    ['is not after the latest', 90, 7.2, 20.3, 20.3],
    ['is the latest where the earliest is in the same minute', 3, 7.2, 7.4, 7.4],
  ])('%s', (_, wanted, earliest, latest, chosen) => {
    const limits = {
      earliestMs: earliest === null ? null : earliest * MINUTE,
      latestMs: latest === null ? null : latest * MINUTE,
    };
    expect(toConfirmable(wanted * MINUTE, limits)).toBe(chosen * MINUTE);
  });
});
