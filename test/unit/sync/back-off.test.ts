import { describe, expect, it } from 'vitest';
import { pauseAfter, pauseDemandedBy } from '#main/workers/sync/back-off.ts';
import { WORKING_PACE } from '#main/workers/sync/pace.ts';
import { random } from '#test/helpers/sync/running-till.ts';

const always = (byte: number) => ({ bytes: (count: number) => new Uint8Array(count).fill(byte) });

const limits = (byte: number) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 40, 2_000].map((failures) =>
    pauseAfter(failures, WORKING_PACE, always(byte)),
  );

describe('the pause after failures', () => {
  it('doubles its limit up to a minute, for any number of failures', () => {
    expect(limits(0xff)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000,
    ]);
  });

  it('takes any part of the limit', () => {
    expect(limits(0x00)).toEqual(Array.from({ length: 10 }, () => 0));
    expect(limits(0x80).slice(0, 3)).toEqual([502, 1_004, 2_008]);
  });

  it('spreads tills that lost their connection together', () => {
    const pauses = Array.from({ length: 1_000 }, () => pauseAfter(7, WORKING_PACE, random));
    const perTenth = Array.from(
      { length: 10 },
      (_, tenth) => pauses.filter((pause) => Math.floor(pause / 6_000) === tenth).length,
    );
    expect(Math.min(...perTenth)).toBeGreaterThan(50);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(60_000);
  });
});

describe('the pause that a problem demands', () => {
  it('is what the central said, and nothing otherwise', () => {
    expect(pauseDemandedBy({ kind: 'back-pressure', retryAfterMs: 7_000 })).toBe(7_000);
    expect(pauseDemandedBy({ kind: 'transport', detail: 'ECONNRESET' })).toBe(0);
    expect(pauseDemandedBy({ kind: 'certificate-date' })).toBe(0);
  });
});
