import { epochOf, type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** What the computer's clocks say at one moment. */
export interface ClockReading {
  /** The only one that anybody can set. */
  readonly wall: Instant;
  /** Never goes back within one run; stands still while the computer sleeps. */
  readonly monotonicMs: number;
  /** Never goes back within one run; counts on while the computer sleeps. */
  readonly sinceBootMs: number;
}

/** What is kept of the time across restarts. Both null on a till that never ran. */
export interface ClockMemory {
  /** The latest trusted time that was reached. */
  readonly watermark: Instant | null;
  /** Trusted time less wall time when last known, in milliseconds. */
  readonly offsetMs: number | null;
}

/** What the raffle events say of the clock. */
export interface ClockRules {
  /** How far ahead of what the till expects the wall clock may be; null for any. */
  readonly maximumAheadMs: number | null;
  /** The end of sales that is still to come; null where there is none. */
  readonly salesEnd: Instant | null;
  /** The latest time that a supervisor may confirm; null for any. */
  readonly confirmableUntil: Instant | null;
}

/**
 * Why the time may be wrong.
 *
 * - `behind-watermark`: after a start the wall clock is earlier than a time already reached
 * - `too-far-ahead`: after a start it is later than the profile allows
 * - `disagrees-with-wall`: during a run somebody set it back, or ahead by more than the profile allows
 * - `not-confirmed`: sales would be over, but only by a wall clock that nobody has confirmed since
 *   the start
 */
export type ClockDoubtKind =
  | 'behind-watermark'
  | 'too-far-ahead'
  | 'disagrees-with-wall'
  | 'not-confirmed';

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
  /** Since the start, the central or a supervisor has said what time it is. */
  readonly isConfirmed: boolean;
  /** The time as of the last step; while in doubt, the till's best guess, for entries to carry. */
  readonly now: Instant;
  /** Time runs from here. Its wall is what the wall clock would show had nobody set it since. */
  readonly anchor: ClockReading & { readonly at: Instant };
  /** The latest trusted time; never lowered but by the central. */
  readonly watermark: Instant;
  /** Trusted time less wall time when last known, in milliseconds. */
  readonly offsetMs: number | null;
}

/** How far the wall clock may be behind before there is doubt, in milliseconds. */
const TOLERANCE_MS = 2 * 60_000;

/** A difference between two clocks that is smaller than this says nothing, in milliseconds. */
const SMALLEST_DIFFERENCE_MS = 10_000;

/**
 * The clock of a program that has just started: wall time corrected by the last known offset, held
 * against the watermark. It is not confirmed, and ends no sales.
 */
export function startTrustedClock(
  reading: ClockReading,
  { watermark, offsetMs }: ClockMemory,
  rules: ClockRules,
): TrustedClock {
  const guess = epochOf(reading.wall) + (offsetMs ?? 0);
  const expected = watermark === null ? guess : epochOf(watermark);
  const doubt = doubtAfterStart(guess, expected, rules);
  const now = instantFromEpoch(doubt === undefined ? Math.max(guess, expected) : expected);
  return {
    standing: doubt === undefined ? { state: 'trusted' } : doubtOf(doubt, reading, expected),
    isConfirmed: false,
    now,
    anchor: { ...reading, at: now },
    watermark: now,
    offsetMs,
  };
}

/**
 * The clock a moment later. Time runs on the monotonic clock, and a sleep is added from the clock
 * that counts it. The wall clock moves nothing: one that was set back, or ahead by more than the
 * profile allows, is doubt.
 *
 * A clock in doubt stays in doubt: only `anchorToCentral` and `confirmBySupervisor` end it.
 */
export function advanceTrustedClock(
  clock: TrustedClock,
  reading: ClockReading,
  rules: ClockRules,
): TrustedClock {
  const anchor = anchorAfterSleep(clock.anchor, reading);
  const elapsed = reading.monotonicMs - anchor.monotonicMs;
  const expected = epochOf(anchor.at) + elapsed;
  const now = instantFromEpoch(expected);
  if (clock.standing.state === 'in-doubt') return { ...clock, anchor, now };

  const aheadMs = epochOf(reading.wall) - epochOf(anchor.wall) - elapsed;
  const doubt = doubtDuringRun(clock, now, aheadMs, rules);
  if (doubt !== undefined) {
    return { ...clock, anchor, now, standing: doubtOf(doubt, reading, expected) };
  }
  return {
    ...clock,
    anchor,
    now,
    watermark: laterOf(now, clock.watermark),
    offsetMs: offsetAfter(clock, reading, expected, aheadMs),
  };
}

/**
 * The clock set by the central, which is always believed: it ends any doubt, and it alone may set
 * the time and the watermark back.
 *
 * `centralNow` is the central's time at the moment of `reading`.
 */
export function anchorToCentral(reading: ClockReading, centralNow: Instant): TrustedClock {
  return confirmedAt(reading, centralNow);
}

/**
 * The clock set by a supervisor, to end a doubt.
 *
 * Refuses a clock that is not in doubt, a time before the watermark, because sales that are over stay
 * over, and one that is later than the rules let a supervisor confirm: a slip of the hand must not end
 * sales for good.
 */
export function confirmBySupervisor(
  clock: TrustedClock,
  reading: ClockReading,
  chosen: Instant,
  rules: ClockRules,
): Result<TrustedClock, 'not-in-doubt' | 'before-watermark' | 'too-late'> {
  if (clock.standing.state === 'trusted') return refuse('not-in-doubt');
  if (chosen < clock.watermark) return refuse('before-watermark');
  const latest = latestConfirmable(clock, rules);
  if (latest !== null && chosen > latest) return refuse('too-late');
  return ok(confirmedAt(reading, chosen));
}

/** The latest time that a supervisor may confirm now; null for any. Never before the watermark. */
export function latestConfirmable(
  { watermark }: Pick<TrustedClock, 'watermark'>,
  { confirmableUntil }: Pick<ClockRules, 'confirmableUntil'>,
): Instant | null {
  return confirmableUntil === null ? null : laterOf(confirmableUntil, watermark);
}

function doubtAfterStart(
  guess: number,
  expected: number,
  { maximumAheadMs, salesEnd }: ClockRules,
): ClockDoubtKind | undefined {
  if (guess - expected < -TOLERANCE_MS) return 'behind-watermark';
  if (maximumAheadMs !== null && guess - expected > maximumAheadMs) return 'too-far-ahead';
  return salesEnd !== null && guess >= epochOf(salesEnd) ? 'not-confirmed' : undefined;
}

function doubtDuringRun(
  { isConfirmed }: TrustedClock,
  now: Instant,
  aheadMs: number,
  { maximumAheadMs, salesEnd }: ClockRules,
): ClockDoubtKind | undefined {
  const isTooFarAhead = maximumAheadMs !== null && aheadMs > maximumAheadMs;
  if (aheadMs < -TOLERANCE_MS || isTooFarAhead) return 'disagrees-with-wall';
  return !isConfirmed && salesEnd !== null && now >= salesEnd ? 'not-confirmed' : undefined;
}

function doubtOf(doubt: ClockDoubtKind, { wall }: ClockReading, expected: number): ClockStanding {
  return { state: 'in-doubt', doubt, wall, expected: instantFromEpoch(expected) };
}

/** The anchor, moved on by a sleep: after it the monotonic clock alone tells the time again. */
function anchorAfterSleep(
  anchor: TrustedClock['anchor'],
  reading: ClockReading,
): TrustedClock['anchor'] {
  const ranMs = reading.monotonicMs - anchor.monotonicMs;
  invariant(ranMs >= 0, 'the monotonic clock went back');
  const passedMs = Math.round(reading.sinceBootMs - anchor.sinceBootMs);
  if (passedMs - ranMs < SMALLEST_DIFFERENCE_MS) return anchor;
  return {
    wall: instantFromEpoch(epochOf(anchor.wall) + passedMs),
    monotonicMs: reading.monotonicMs,
    sinceBootMs: reading.sinceBootMs,
    at: instantFromEpoch(epochOf(anchor.at) + passedMs),
  };
}

/** A wall clock that was set is known by what it differs now, so that the next start is not misled. */
function offsetAfter(
  { offsetMs }: TrustedClock,
  { wall }: ClockReading,
  expected: number,
  aheadMs: number,
): number | null {
  const found = Math.round(expected - epochOf(wall));
  if (offsetMs === null) return Math.abs(aheadMs) < SMALLEST_DIFFERENCE_MS ? null : found;
  return Math.abs(found - offsetMs) < SMALLEST_DIFFERENCE_MS ? offsetMs : found;
}

function laterOf(left: Instant, right: Instant): Instant {
  return epochOf(left) > epochOf(right) ? left : right;
}

function confirmedAt(reading: ClockReading, at: Instant): TrustedClock {
  return {
    standing: { state: 'trusted' },
    isConfirmed: true,
    now: at,
    anchor: { ...reading, at },
    watermark: at,
    offsetMs: epochOf(at) - epochOf(reading.wall),
  };
}
