import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  advanceTrustedClock,
  anchorToCentral,
  type ClockReading,
  clockMemoryOf,
  confirmBySupervisor,
  startTrustedClock,
  type TrustedClock,
} from '#shared/domain/trusted-clock.ts';
import { addMilliseconds, epochOf, type Instant, parseInstant } from '#shared/kernel/instant.ts';

const START = parseInstant('2026-11-22T19:00:00.000Z') as Instant;
const RULES = { maximumAheadMs: 12 * 3_600_000 };
const DAY = 86_400_000;

/** Something that happens to a computer and to the till on it. */
type Happening =
  | { readonly kind: 'run'; readonly ms: number }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'set-wall'; readonly byMs: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'supervisor'; readonly choosesMs: number };

const elapsed = fc.integer({ min: 1, max: DAY });
const shift = fc.integer({ min: -DAY, max: DAY });

const happening: fc.Arbitrary<Happening> = fc.oneof(
  elapsed.map((ms) => ({ kind: 'run', ms }) as const),
  elapsed.map((ms) => ({ kind: 'sleep', ms }) as const),
  shift.map((byMs) => ({ kind: 'set-wall', byMs }) as const),
  fc.constant({ kind: 'restart' } as const),
  shift.map((choosesMs) => ({ kind: 'supervisor', choosesMs }) as const),
);

function readAfter(last: ClockReading, event: Happening): ClockReading {
  const wall = (ms: number) => addMilliseconds(last.wall, ms);
  if (event.kind === 'run')
    return { wall: wall(event.ms), monotonicMs: last.monotonicMs + event.ms };
  if (event.kind === 'sleep') return { ...last, wall: wall(event.ms) };
  if (event.kind === 'set-wall') return { ...last, wall: wall(event.byMs) };
  if (event.kind === 'restart') return { ...last, monotonicMs: 0 };
  return last;
}

function clockAfter(clock: TrustedClock, event: Happening, reading: ClockReading): TrustedClock {
  if (event.kind === 'restart') return startTrustedClock(reading, clockMemoryOf(clock), RULES);
  const moved = advanceTrustedClock(clock, reading, RULES);
  if (event.kind !== 'supervisor') return moved;
  const confirmed = confirmBySupervisor(moved, reading, addMilliseconds(START, event.choosesMs));
  return confirmed.ok ? confirmed.value : moved;
}

function live(events: readonly Happening[]): TrustedClock[] {
  let reading: ClockReading = { wall: START, monotonicMs: 0 };
  let clock = startTrustedClock(reading, { watermark: null, offsetMs: null }, RULES);
  return events.map((event) => {
    reading = readAfter(reading, event);
    clock = clockAfter(clock, event, reading);
    return clock;
  });
}

test('without the central no time goes back: not by sleep, restart, wall clock or supervisor', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (events) => {
      let reached = START;
      for (const { standing, now, watermark } of live(events)) {
        expect(epochOf(watermark)).toBeGreaterThanOrEqual(epochOf(reached));
        expect(epochOf(now)).toBeGreaterThanOrEqual(epochOf(watermark));
        if (standing.state === 'trusted') expect(now).toBe(watermark);
        reached = watermark;
      }
    }),
    { numRuns: 500 },
  );
});

test('no single step ahead is trusted beyond what the profile allows', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (events) => {
      let before = START;
      for (const [place, clock] of live(events).entries()) {
        const event = events[place];
        const ran = event?.kind === 'run' ? event.ms : 0;
        if (clock.standing.state === 'trusted' && event?.kind !== 'supervisor') {
          const ahead = epochOf(clock.now) - epochOf(before) - ran;
          expect(ahead).toBeLessThanOrEqual(RULES.maximumAheadMs);
        }
        before = clock.now;
      }
    }),
  );
});

test('the central is believed whatever the till thought', () => {
  fc.assert(
    fc.property(shift, shift, (wallMs, centralMs) => {
      const reading = { wall: addMilliseconds(START, wallMs), monotonicMs: 7 };
      const clock = anchorToCentral(reading, addMilliseconds(START, centralMs));
      expect(clock.standing).toEqual({ state: 'trusted' });
      expect(clock.now).toBe(addMilliseconds(START, centralMs));
      expect(clock.watermark).toBe(clock.now);
      expect(clock.offsetMs).toBe(centralMs - wallMs);
    }),
  );
});
