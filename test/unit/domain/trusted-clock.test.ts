import { describe, expect, test } from 'vitest';
import {
  advanceTrustedClock,
  anchorToCentral,
  type ClockReading,
  clockMemoryOf,
  confirmBySupervisor,
  startTrustedClock,
  type TrustedClock,
} from '#shared/domain/trusted-clock.ts';
import { addMilliseconds, type Instant, parseInstant } from '#shared/kernel/instant.ts';

const START = parseInstant('2026-11-22T19:00:00.000Z') as Instant;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const RULES = { maximumAheadMs: 12 * HOUR };
const NEVER_RAN = { watermark: null, offsetMs: null };

/** The two clocks `wallMs` and `monotonicMs` after the start. */
function reading(wallMs: number, monotonicMs: number = wallMs): ClockReading {
  return { wall: addMilliseconds(START, wallMs), monotonicMs: 5_000 + monotonicMs };
}

function at(ms: number): Instant {
  return addMilliseconds(START, ms);
}

function started(watermarkMs: number, offsetMs: number | null = null): TrustedClock {
  return startTrustedClock(reading(0), { watermark: at(watermarkMs), offsetMs }, RULES);
}

const TRUSTED = { state: 'trusted' };

describe('after a start', () => {
  test('a till that never ran believes its wall clock', () => {
    const clock = startTrustedClock(reading(0), NEVER_RAN, RULES);
    expect(clock).toEqual({
      standing: TRUSTED,
      now: START,
      anchor: { ...reading(0), at: START },
      watermark: START,
      offsetMs: null,
    });
  });

  test('time is wall time corrected by the last known offset', () => {
    const clock = started(-HOUR, 90 * SECOND);
    expect([clock.standing, clock.now]).toEqual([TRUSTED, at(90 * SECOND)]);
  });

  test('time starts at the watermark when the wall is behind it by up to two minutes', () => {
    const clock = started(2 * MINUTE);
    expect([clock.standing, clock.now]).toEqual([TRUSTED, at(2 * MINUTE)]);
  });

  test('more than two minutes behind the watermark is doubt', () => {
    const clock = started(2 * MINUTE + 1);
    expect(clock.standing).toEqual({
      state: 'in-doubt',
      doubt: 'behind-watermark',
      wall: START,
      expected: at(2 * MINUTE + 1),
    });
    expect(clock.now).toBe(at(2 * MINUTE + 1));
  });

  test('further ahead than the profile allows is doubt, and the watermark stays', () => {
    expect(started(-12 * HOUR).standing).toEqual(TRUSTED);
    const clock = started(-12 * HOUR - 1);
    expect(clock.standing).toMatchObject({ state: 'in-doubt', doubt: 'too-far-ahead' });
    expect(clock.watermark).toBe(at(-12 * HOUR - 1));
  });

  test('without a profile no distance ahead is too far', () => {
    const memory = { watermark: at(-9_000 * HOUR), offsetMs: null };
    expect(startTrustedClock(reading(0), memory, { maximumAheadMs: null }).standing).toEqual(
      TRUSTED,
    );
  });
});

describe('during a run', () => {
  const clock = started(0);

  test('time and watermark follow the monotonic clock', () => {
    const later = advanceTrustedClock(clock, reading(HOUR), RULES);
    expect([later.standing, later.now, later.watermark]).toEqual([TRUSTED, at(HOUR), at(HOUR)]);
  });

  test('a small step of the wall changes nothing', () => {
    for (const step of [-2 * MINUTE, -SECOND, SECOND, 10 * SECOND]) {
      const later = advanceTrustedClock(clock, reading(HOUR + step, HOUR), RULES);
      expect([later.standing, later.now]).toEqual([TRUSTED, at(HOUR)]);
    }
  });

  test('a wall that goes back more than two minutes is doubt, while time runs on', () => {
    const later = advanceTrustedClock(clock, reading(-HOUR, MINUTE), RULES);
    expect(later.standing).toEqual({
      state: 'in-doubt',
      doubt: 'disagrees-with-wall',
      wall: at(-HOUR),
      expected: at(MINUTE),
    });
    expect(later.now).toBe(at(MINUTE));
  });

  test('a wall that ran ahead means that the computer slept', () => {
    const woken = advanceTrustedClock(clock, reading(3 * HOUR, MINUTE), RULES);
    expect([woken.standing, woken.now, woken.watermark]).toEqual([
      TRUSTED,
      at(3 * HOUR),
      at(3 * HOUR),
    ]);
    const later = advanceTrustedClock(woken, reading(3 * HOUR + MINUTE, 2 * MINUTE), RULES);
    expect(later.now).toBe(at(3 * HOUR + MINUTE));
  });

  test('a sleep keeps what the central said of the time', () => {
    const anchored = anchorToCentral(reading(0), at(30 * SECOND));
    const woken = advanceTrustedClock(anchored, reading(HOUR, 0), RULES);
    expect([woken.now, woken.offsetMs]).toEqual([at(HOUR + 30 * SECOND), 30 * SECOND]);
  });

  test('a sleep longer than the profile allows is doubt', () => {
    const woken = advanceTrustedClock(clock, reading(13 * HOUR, MINUTE), RULES);
    expect(woken.standing).toEqual({
      state: 'in-doubt',
      doubt: 'too-far-ahead',
      wall: at(13 * HOUR),
      expected: at(MINUTE),
    });
    expect([woken.now, woken.watermark]).toEqual([at(MINUTE), at(MINUTE)]);
  });

  test('doubt stays when the wall comes back, and does not move the watermark', () => {
    const doubted = advanceTrustedClock(clock, reading(-HOUR, MINUTE), RULES);
    const later = advanceTrustedClock(doubted, reading(HOUR), RULES);
    expect(later).toEqual({ ...doubted, now: at(HOUR) });
  });

  test('a monotonic clock that goes back is a bug', () => {
    expect(() => advanceTrustedClock(clock, reading(0, -1), RULES)).toThrow('went back');
  });
});

describe('the central', () => {
  test('ends a doubt and gives the offset', () => {
    const clock = anchorToCentral(reading(0), at(HOUR));
    expect(clock).toEqual({
      standing: TRUSTED,
      now: at(HOUR),
      anchor: { ...reading(0), at: at(HOUR) },
      watermark: at(HOUR),
      offsetMs: HOUR,
    });
  });

  test('may set the time below the watermark, also for the next start', () => {
    const memory = clockMemoryOf(anchorToCentral(reading(0), at(-5 * HOUR)));
    expect(memory).toEqual({ watermark: at(-5 * HOUR), offsetMs: -5 * HOUR });
    const restarted = startTrustedClock(reading(MINUTE, 0), memory, RULES);
    expect([restarted.standing, restarted.now]).toEqual([TRUSTED, at(-5 * HOUR + MINUTE)]);
  });
});

describe('a supervisor', () => {
  const doubted = started(HOUR);

  test('ends a doubt with a time from the watermark on', () => {
    const confirmed = confirmBySupervisor(doubted, reading(MINUTE), at(HOUR));
    expect(confirmed).toEqual({
      ok: true,
      value: {
        standing: TRUSTED,
        now: at(HOUR),
        anchor: { ...reading(MINUTE), at: at(HOUR) },
        watermark: at(HOUR),
        offsetMs: 59 * MINUTE,
      },
    });
  });

  test('cannot go before the watermark', () => {
    expect(confirmBySupervisor(doubted, reading(0), at(HOUR - 1))).toEqual({
      ok: false,
      failure: 'before-watermark',
    });
  });

  test('has nothing to say about a clock that is trusted', () => {
    expect(confirmBySupervisor(started(0), reading(0), at(HOUR))).toEqual({
      ok: false,
      failure: 'not-in-doubt',
    });
  });
});
