import { epochOf, type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** What the computer's two clocks say at one moment. */
export interface ClockReading {
  readonly wall: Instant;
  /** Never goes back within one run; stands still while the computer sleeps. */
  readonly monotonicMs: number;
}

/** What is kept of the time across restarts. Both null on a till that never ran. */
export interface ClockMemory {
  /** The latest trusted time that was reached. */
  readonly watermark: Instant | null;
  /** Central time less wall time when last known, in milliseconds. */
  readonly offsetMs: number | null;
}

/** What the raffle event's profile says of the clock. */
export interface ClockRules {
  /** How far ahead of what the till expects the clock may be after a start or sleep; null for any. */
  readonly maximumAheadMs: number | null;
}

/**
 * Why the time may be wrong.
 *
 * - `behind-watermark`: after a start the wall clock is earlier than a time already reached
 * - `too-far-ahead`: after a start or sleep it is later than the profile allows
 * - `disagrees-with-wall`: during a run it went back against the monotonic clock
 */
export type ClockDoubtKind = 'behind-watermark' | 'too-far-ahead' | 'disagrees-with-wall';

/** Whether the time may be used to sell by. */
export type ClockStanding =
  | { readonly state: 'trusted' }
  | {
      readonly state: 'in-doubt';
      readonly doubt: ClockDoubtKind;
      /** What the wall clock said when the doubt arose, and what the till expected then. */
      readonly wall: Instant;
      readonly expected: Instant;
    };

/** What the till believes about the time. A value: every step gives a new one. */
export interface TrustedClock {
  readonly standing: ClockStanding;
  /** The time as of the last step; while in doubt, the till's best guess, for entries to carry. */
  readonly now: Instant;
  /** Time runs from here on the monotonic clock. */
  readonly anchor: ClockReading & { readonly at: Instant };
  /** The latest trusted time; never lowered but by the central. */
  readonly watermark: Instant;
  readonly offsetMs: number | null;
}

/** How far the wall clock may be behind before there is doubt, in milliseconds. */
const TOLERANCE_MS = 2 * 60_000;

/** How far the wall clock must run away from the monotonic one to tell that the computer slept. */
const SLEEP_MS = 10_000;

/**
 * The clock of a program that has just started: wall time corrected by the last known offset, held
 * against the watermark.
 */
export function startTrustedClock(
  reading: ClockReading,
  memory: ClockMemory,
  rules: ClockRules,
): TrustedClock {
  const guess = epochOf(reading.wall) + (memory.offsetMs ?? 0);
  const expected = memory.watermark === null ? guess : epochOf(memory.watermark);
  return resume({ reading, guess, expected, offsetMs: memory.offsetMs, rules });
}

/**
 * The clock a moment later. Time runs on the monotonic clock. A wall clock that ran ahead of it
 * means that the computer slept, and time starts again from the wall; one that went back is doubt.
 *
 * A clock in doubt stays in doubt: only `anchorToCentral` and `confirmBySupervisor` end it.
 */
export function advanceTrustedClock(
  clock: TrustedClock,
  reading: ClockReading,
  rules: ClockRules,
): TrustedClock {
  const { anchor, offsetMs } = clock;
  invariant(reading.monotonicMs >= anchor.monotonicMs, 'the monotonic clock went back');
  const elapsed = reading.monotonicMs - anchor.monotonicMs;
  const expected = epochOf(anchor.at) + elapsed;
  if (clock.standing.state === 'in-doubt') return { ...clock, now: instantFromEpoch(expected) };

  const wallGain = epochOf(reading.wall) - epochOf(anchor.wall) - elapsed;
  if (wallGain > SLEEP_MS) {
    const guess = epochOf(anchor.at) + elapsed + wallGain;
    return resume({ reading, guess, expected, offsetMs, rules });
  }
  const moved = runTo(clock, instantFromEpoch(expected));
  return wallGain < -TOLERANCE_MS
    ? { ...moved, standing: doubtOf('disagrees-with-wall', reading, expected) }
    : moved;
}

/**
 * The clock set by the central, which is always believed: it ends any doubt, and it alone may set
 * the time and the watermark back.
 *
 * `centralNow` is the central's time at the moment of `reading`.
 */
export function anchorToCentral(reading: ClockReading, centralNow: Instant): TrustedClock {
  return trustedAt(reading, centralNow);
}

/**
 * The clock set by a supervisor, to end a doubt.
 *
 * Refuses a clock that is not in doubt, and a time before the watermark: sales that are over stay
 * over.
 */
export function confirmBySupervisor(
  clock: TrustedClock,
  reading: ClockReading,
  chosen: Instant,
): Result<TrustedClock, 'not-in-doubt' | 'before-watermark'> {
  if (clock.standing.state === 'trusted') return refuse('not-in-doubt');
  if (epochOf(chosen) < epochOf(clock.watermark)) return refuse('before-watermark');
  return ok(trustedAt(reading, chosen));
}

/** What to keep across a restart. */
export function clockMemoryOf(clock: TrustedClock): ClockMemory {
  return { watermark: clock.watermark, offsetMs: clock.offsetMs };
}

/** A time that starts again from the wall clock, after a start of the program or a sleep. */
interface Resumption {
  readonly reading: ClockReading;
  /** What the wall clock says, corrected by the offset. */
  readonly guess: number;
  /** What the till expects: time cannot be earlier than this. */
  readonly expected: number;
  readonly offsetMs: number | null;
  readonly rules: ClockRules;
}

function resume({ reading, guess, expected, offsetMs, rules }: Resumption): TrustedClock {
  const floor = instantFromEpoch(expected);
  const doubt = doubtAbout(guess - expected, rules);
  const now = doubt === undefined && guess > expected ? instantFromEpoch(guess) : floor;
  return {
    standing: doubt === undefined ? { state: 'trusted' } : doubtOf(doubt, reading, expected),
    now,
    anchor: { ...reading, at: now },
    watermark: now,
    offsetMs,
  };
}

function doubtAbout(aheadMs: number, rules: ClockRules): ClockDoubtKind | undefined {
  if (aheadMs < -TOLERANCE_MS) return 'behind-watermark';
  const limit = rules.maximumAheadMs;
  return limit !== null && aheadMs > limit ? 'too-far-ahead' : undefined;
}

function doubtOf(doubt: ClockDoubtKind, { wall }: ClockReading, expected: number): ClockStanding {
  return { state: 'in-doubt', doubt, wall, expected: instantFromEpoch(expected) };
}

function runTo(clock: TrustedClock, now: Instant): TrustedClock {
  const isLatest = epochOf(now) > epochOf(clock.watermark);
  return { ...clock, now, watermark: isLatest ? now : clock.watermark };
}

function trustedAt(reading: ClockReading, at: Instant): TrustedClock {
  return {
    standing: { state: 'trusted' },
    now: at,
    anchor: { ...reading, at },
    watermark: at,
    offsetMs: epochOf(at) - epochOf(reading.wall),
  };
}
