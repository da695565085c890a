import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  advanceTrustedClock,
  anchorToCentral,
  type ClockReading,
  type ClockRules,
  confirmBySupervisor,
  startTrustedClock,
  type TrustedClock,
} from '#shared/domain/trusted-clock.ts';
import { addMilliseconds, epochOf, type Instant, parseInstant } from '#shared/kernel/instant.ts';

const START = parseInstant('2026-11-22T19:00:00.000Z') as Instant;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SALES_END = at(3 * HOUR);
const RULES: ClockRules = {
  maximumAheadMs: 12 * HOUR,
  salesEnd: SALES_END,
  confirmableUntil: at(15 * HOUR),
};
/** The same, without an end of sales to come. */
const NO_END: ClockRules = { maximumAheadMs: 12 * HOUR, salesEnd: null, confirmableUntil: null };

/** Something that happens to a computer and to the till on it. */
type Happening =
  | { readonly kind: 'run'; readonly ms: number }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'set-wall'; readonly byMs: number }
  /** The program alone ends and starts again at once; the computer runs on. */
  | { readonly kind: 'restart' }
  /** The computer is off for a while. */
  | { readonly kind: 'boot'; readonly ms: number }
  /** The central tells the true time. */
  | { readonly kind: 'central' }
  /** A supervisor who knows the time, or one who chooses some other. */
  | { readonly kind: 'supervisor'; readonly wrongByMs: number };

/** A computer, the till on it, and what the time really is. */
interface Moment {
  readonly trueMs: number;
  readonly reading: ClockReading;
  readonly clock: TrustedClock;
  /** The central or a supervisor told the true time, and the computer has not restarted since. */
  readonly isTold: boolean;
}

const elapsed = fc.oneof(fc.integer({ min: 1, max: DAY }), fc.integer({ min: 1, max: 60_000 }));
const shift = fc.integer({ min: -DAY, max: DAY });

const withoutPeople: fc.Arbitrary<Happening> = fc.oneof(
  elapsed.map((ms) => ({ kind: 'run', ms }) as const),
  elapsed.map((ms) => ({ kind: 'sleep', ms }) as const),
  shift.map((byMs) => ({ kind: 'set-wall', byMs }) as const),
  fc.constant({ kind: 'restart' } as const),
  elapsed.map((ms) => ({ kind: 'boot', ms }) as const),
);
const central: fc.Arbitrary<Happening> = fc.constant({ kind: 'central' });
const truthful: fc.Arbitrary<Happening> = fc.constant({ kind: 'supervisor', wrongByMs: 0 });
const careless: fc.Arbitrary<Happening> = shift.map((wrongByMs) => ({
  kind: 'supervisor',
  wrongByMs,
}));

function at(ms: number): Instant {
  return addMilliseconds(START, ms);
}

function readAfter({ wall, monotonicMs, sinceBootMs }: ClockReading, event: Happening) {
  switch (event.kind) {
    case 'run':
      return {
        wall: addMilliseconds(wall, event.ms),
        monotonicMs: monotonicMs + event.ms,
        sinceBootMs: sinceBootMs + event.ms,
      };
    case 'sleep':
      return {
        wall: addMilliseconds(wall, event.ms),
        monotonicMs,
        sinceBootMs: sinceBootMs + event.ms,
      };
    case 'set-wall':
      return { wall: addMilliseconds(wall, event.byMs), monotonicMs, sinceBootMs };
    case 'boot':
      return { wall: addMilliseconds(wall, event.ms), monotonicMs: 0, sinceBootMs: 0 };
    default:
      return { wall, monotonicMs, sinceBootMs };
  }
}

function passedBy(event: Happening): number {
  return 'ms' in event ? event.ms : 0;
}

function clockAfter(
  clock: TrustedClock,
  event: Happening,
  reading: ClockReading,
  trueMs: number,
  rules: ClockRules,
): TrustedClock {
  if (event.kind === 'restart' || event.kind === 'boot') {
    return startTrustedClock(reading, clock, rules);
  }
  if (event.kind === 'central') return anchorToCentral(reading, at(trueMs));
  const moved = advanceTrustedClock(clock, reading, rules);
  if (event.kind !== 'supervisor') return moved;
  const confirmed = confirmBySupervisor(moved, reading, at(trueMs + event.wrongByMs), rules);
  return confirmed.ok ? confirmed.value : moved;
}

function live(events: readonly Happening[], rules: ClockRules): Moment[] {
  let reading: ClockReading = { wall: START, monotonicMs: 0, sinceBootMs: 40 };
  let clock = startTrustedClock(reading, { watermark: null, offsetMs: null }, rules);
  let trueMs = 0;
  let isTold = false;
  return events.map((event) => {
    trueMs += passedBy(event);
    reading = readAfter(reading, event);
    const before = clock;
    clock = clockAfter(before, event, reading, trueMs, rules);
    if (event.kind === 'central') isTold = true;
    if (event.kind === 'restart' || event.kind === 'boot') isTold = false;
    return { trueMs, reading, clock, isTold };
  });
}

function maySell({ standing, now }: TrustedClock): boolean {
  return standing.state === 'trusted' && now < SALES_END;
}

/** What the till does with such a clock: it ends its sales for good. */
function endsSales({ standing, now }: TrustedClock): boolean {
  return standing.state === 'trusted' && now >= SALES_END;
}

function histories(...kinds: readonly fc.Arbitrary<Happening>[]) {
  return fc.array(fc.oneof(...kinds), { maxLength: 30 });
}

test('without the central no time goes back: not by sleep, restart, wall clock or supervisor', () => {
  fc.assert(
    fc.property(
      histories(withoutPeople, careless),
      fc.constantFrom(RULES, NO_END),
      (events, rules) => {
        let reached = START;
        for (const { clock } of live(events, rules)) {
          const { standing, now, watermark } = clock;
          expect(epochOf(watermark)).toBeGreaterThanOrEqual(epochOf(reached));
          expect(epochOf(now)).toBeGreaterThanOrEqual(epochOf(watermark));
          if (standing.state === 'trusted') expect(now).toBe(watermark);
          reached = watermark;
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('no single step ahead is trusted beyond what the profile allows', () => {
  fc.assert(
    fc.property(histories(withoutPeople), (events) => {
      let before = START;
      for (const [place, { clock }] of live(events, NO_END).entries()) {
        const event = events[place];
        const counted = event?.kind === 'run' || event?.kind === 'sleep' ? event.ms : 0;
        if (clock.standing.state === 'trusted') {
          const ahead = epochOf(clock.now) - epochOf(before) - counted;
          // Short sleeps are told from nothing only once they add up.
          expect(ahead).toBeLessThanOrEqual(Math.max(12 * HOUR, 10_000));
        }
        before = clock.now;
      }
    }),
  );
});

test('nothing is sold after the true end once the true time was told', () => {
  fc.assert(
    fc.property(histories(withoutPeople, central, truthful), (events) => {
      for (const { clock, isTold, trueMs } of live(events, RULES)) {
        // Sleeps of less than ten seconds are told from nothing only once they add up.
        if (isTold && trueMs - 10_000 >= 3 * HOUR) expect(maySell(clock)).toBe(false);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('no wall clock ends sales before their true end: not by a step, a sleep, or a start', () => {
  fc.assert(
    fc.property(histories(withoutPeople, central, truthful), (events) => {
      for (const { clock, trueMs } of live(events, RULES)) {
        if (endsSales(clock)) expect(trueMs).toBeGreaterThanOrEqual(3 * HOUR);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('once told, the time stays right to ten seconds, whatever happens to the wall clock', () => {
  fc.assert(
    fc.property(histories(withoutPeople, central), (events) => {
      for (const { clock, isTold, trueMs } of live(events, NO_END)) {
        if (!isTold) continue;
        const lateMs = epochOf(at(trueMs)) - epochOf(clock.now);
        expect(lateMs).toBeGreaterThanOrEqual(0);
        expect(lateMs).toBeLessThan(10_000);
      }
    }),
    { numRuns: 500 },
  );
});

test('the central is believed whatever the till thought', () => {
  fc.assert(
    fc.property(shift, shift, (wallMs, centralMs) => {
      const reading = { wall: at(wallMs), monotonicMs: 7, sinceBootMs: 9 };
      const clock = anchorToCentral(reading, at(centralMs));
      expect(clock.standing).toEqual({ state: 'trusted' });
      expect(clock.now).toBe(at(centralMs));
      expect(clock.watermark).toBe(clock.now);
      expect(clock.offsetMs).toBe(centralMs - wallMs);
    }),
  );
});
