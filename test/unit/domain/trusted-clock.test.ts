import { describe, expect, test } from 'vitest';
import {
  advanceTrustedClock,
  anchorToCentral,
  type ClockReading,
  type ClockRules,
  confirmBySupervisor,
  latestConfirmable,
  startTrustedClock,
  type TrustedClock,
} from '#shared/domain/trusted-clock.ts';
import { addMilliseconds, type Instant, parseInstant } from '#shared/kernel/instant.ts';

const START = parseInstant('2026-11-22T19:00:00.000Z') as Instant;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const RULES: ClockRules = {
  maximumAheadMs: 12 * HOUR,
  salesEnd: null,
  confirmableUntil: null,
};
const NEVER_RAN = { watermark: null, offsetMs: null };

/** The three clocks so long after the start. Without a sleep the last two agree. */
function reading(
  wallMs: number,
  monotonicMs: number = wallMs,
  sinceBootMs: number = monotonicMs,
): ClockReading {
  return {
    wall: addMilliseconds(START, wallMs),
    monotonicMs: 5_000 + monotonicMs,
    sinceBootMs: 90_000 + sinceBootMs,
  };
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
      isConfirmed: false,
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
    expect(
      startTrustedClock(reading(0), memory, { ...RULES, maximumAheadMs: null }).standing,
    ).toEqual(TRUSTED);
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

  test('a sleep counts, however long, because nobody can set the clock that counts it', () => {
    const slept = reading(13 * HOUR, MINUTE, 13 * HOUR);
    const woken = advanceTrustedClock(clock, slept, RULES);
    expect([woken.standing, woken.now, woken.watermark]).toEqual([
      TRUSTED,
      at(13 * HOUR),
      at(13 * HOUR),
    ]);
    const next = reading(13 * HOUR + MINUTE, 2 * MINUTE, 13 * HOUR + MINUTE);
    expect(advanceTrustedClock(woken, next, RULES).now).toBe(at(13 * HOUR + MINUTE));
  });

  test('many short sleeps add up', () => {
    let slept = clock;
    for (let count = 1; count <= 10; count += 1) {
      const passed = count * 15 * SECOND;
      slept = advanceTrustedClock(slept, reading(passed, count * 10 * SECOND, passed), RULES);
    }
    expect(slept.now).toBe(at(150 * SECOND));
  });

  test('a sleep keeps what the central said of the time', () => {
    const anchored = anchorToCentral(reading(0), at(30 * SECOND));
    const woken = advanceTrustedClock(anchored, reading(HOUR, 0, HOUR), RULES);
    expect([woken.now, woken.offsetMs]).toEqual([at(HOUR + 30 * SECOND), 30 * SECOND]);
  });

  test('a wall put ahead without a sleep moves nothing, and the next start knows', () => {
    const stepped = advanceTrustedClock(clock, reading(3 * HOUR, MINUTE), RULES);
    expect([stepped.standing, stepped.now, stepped.offsetMs]).toEqual([
      TRUSTED,
      at(MINUTE),
      MINUTE - 3 * HOUR,
    ]);
    const { watermark, offsetMs } = stepped;
    const restarted = startTrustedClock(
      reading(3 * HOUR + MINUTE, 0),
      { watermark, offsetMs },
      RULES,
    );
    expect([restarted.standing, restarted.now]).toEqual([TRUSTED, at(2 * MINUTE)]);
  });

  test('a wall put ahead in steps by more than the profile allows is doubt', () => {
    const once = advanceTrustedClock(clock, reading(7 * HOUR, MINUTE), RULES);
    expect(once.standing).toEqual(TRUSTED);
    const twice = advanceTrustedClock(once, reading(13 * HOUR, 2 * MINUTE), RULES);
    expect(twice.standing).toEqual({
      state: 'in-doubt',
      doubt: 'disagrees-with-wall',
      wall: at(13 * HOUR),
      expected: at(2 * MINUTE),
    });
    expect([twice.now, twice.watermark]).toEqual([at(2 * MINUTE), at(MINUTE)]);
  });

  test('a wall put ahead while the computer slept is found out', () => {
    const woken = advanceTrustedClock(clock, reading(15 * HOUR, 0, HOUR), RULES);
    expect([woken.standing, woken.now]).toEqual([
      {
        state: 'in-doubt',
        doubt: 'disagrees-with-wall',
        wall: at(15 * HOUR),
        expected: at(HOUR),
      },
      at(HOUR),
    ]);
  });

  test('doubt stays when the wall comes back, and does not move the watermark', () => {
    const doubted = advanceTrustedClock(clock, reading(-HOUR, MINUTE), RULES);
    const later = advanceTrustedClock(doubted, reading(HOUR), RULES);
    expect(later).toEqual({ ...doubted, now: at(HOUR) });
  });

  test('in doubt a sleep counts too', () => {
    const doubted = advanceTrustedClock(clock, reading(-HOUR, MINUTE), RULES);
    const later = advanceTrustedClock(doubted, reading(HOUR, 2 * MINUTE, HOUR), RULES);
    expect(later.now).toBe(at(HOUR));
  });

  test('a monotonic clock that goes back is a bug', () => {
    expect(() => advanceTrustedClock(clock, reading(0, -1), RULES)).toThrow('went back');
  });
});

describe('the end of sales', () => {
  const rules: ClockRules = { ...RULES, salesEnd: at(HOUR) };
  const memory = { watermark: at(0), offsetMs: null };
  const notConfirmed = { state: 'in-doubt', doubt: 'not-confirmed' };

  test('by the wall clock of a start is doubt, and the time stays', () => {
    const clock = startTrustedClock(reading(HOUR, 0), memory, rules);
    expect([clock.standing, clock.now, clock.watermark]).toMatchObject([
      notConfirmed,
      at(0),
      at(0),
    ]);
  });

  test('reached by a clock that nobody has confirmed since the start is doubt', () => {
    const clock = startTrustedClock(reading(0), memory, rules);
    const before = advanceTrustedClock(clock, reading(HOUR - 1), rules);
    expect(before.standing).toEqual(TRUSTED);
    const reached = advanceTrustedClock(before, reading(HOUR), rules);
    expect([reached.standing, reached.now, reached.watermark]).toMatchObject([
      notConfirmed,
      at(HOUR),
      at(HOUR - 1),
    ]);
  });

  test('is no doubt once the central or a supervisor has said what time it is', () => {
    const told = anchorToCentral(reading(0), at(0));
    const late = startTrustedClock(reading(HOUR, 0), memory, rules);
    const confirmed = confirmBySupervisor(late, reading(HOUR, 0), at(0), rules);
    if (!confirmed.ok) throw new Error(confirmed.failure);
    for (const clock of [told, confirmed.value]) {
      const wall = clock === told ? HOUR : 2 * HOUR;
      const reached = advanceTrustedClock(clock, reading(wall, HOUR), rules);
      expect([reached.standing, reached.now]).toEqual([TRUSTED, at(HOUR)]);
    }
  });
});

describe('the central', () => {
  test('ends a doubt and gives the offset', () => {
    const clock = anchorToCentral(reading(0), at(HOUR));
    expect(clock).toEqual({
      standing: TRUSTED,
      isConfirmed: true,
      now: at(HOUR),
      anchor: { ...reading(0), at: at(HOUR) },
      watermark: at(HOUR),
      offsetMs: HOUR,
    });
  });

  test('may set the time below the watermark, also for the next start', () => {
    const { watermark, offsetMs } = anchorToCentral(reading(0), at(-5 * HOUR));
    const memory = { watermark, offsetMs };
    expect(memory).toEqual({ watermark: at(-5 * HOUR), offsetMs: -5 * HOUR });
    const restarted = startTrustedClock(reading(MINUTE, 0), memory, RULES);
    expect([restarted.standing, restarted.now]).toEqual([TRUSTED, at(-5 * HOUR + MINUTE)]);
  });
});

describe('a supervisor', () => {
  const doubted = started(HOUR);

  test('ends a doubt with a time from the watermark on', () => {
    const confirmed = confirmBySupervisor(doubted, reading(MINUTE), at(HOUR), RULES);
    expect(confirmed).toEqual({
      ok: true,
      value: {
        standing: TRUSTED,
        isConfirmed: true,
        now: at(HOUR),
        anchor: { ...reading(MINUTE), at: at(HOUR) },
        watermark: at(HOUR),
        offsetMs: 59 * MINUTE,
      },
    });
  });

  test('cannot go before the watermark', () => {
    expect(confirmBySupervisor(doubted, reading(0), at(HOUR - 1), RULES)).toEqual({
      ok: false,
      failure: 'before-watermark',
    });
  });

  test('cannot go later than the rules allow, but always to the time already reached', () => {
    const until = (ms: number): ClockRules => ({ ...RULES, confirmableUntil: at(ms) });
    expect(confirmBySupervisor(doubted, reading(0), at(2 * HOUR + 1), until(2 * HOUR))).toEqual({
      ok: false,
      failure: 'too-late',
    });
    for (const [rules, latest] of [
      [until(2 * HOUR), at(2 * HOUR)],
      [until(0), at(HOUR)],
    ] as const) {
      expect(latestConfirmable(doubted, rules)).toBe(latest);
      expect(confirmBySupervisor(doubted, reading(0), latest, rules)).toMatchObject({
        ok: true,
        value: { now: latest },
      });
    }
    expect(latestConfirmable(doubted, RULES)).toBeNull();
  });

  test('has nothing to say about a clock that is trusted', () => {
    expect(confirmBySupervisor(started(0), reading(0), at(HOUR), RULES)).toEqual({
      ok: false,
      failure: 'not-in-doubt',
    });
  });
});
