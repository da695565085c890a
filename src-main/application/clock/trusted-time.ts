import type { Clock } from '#main/ports/clock.ts';
import type { ClockDoubt } from '#shared/contract/journal/terminal-entries.ts';
import {
  advanceTrustedClock,
  anchorToCentral,
  type ClockMemory,
  type ClockReading,
  type ClockRules,
  confirmBySupervisor,
  latestConfirmable,
  startTrustedClock,
  type TrustedClock,
} from '#shared/domain/trusted-clock.ts';
import { addMilliseconds, type Instant } from '#shared/kernel/instant.ts';

/** Whether the time may be sold by. */
export type ClockStanding =
  | { readonly isTrusted: true }
  | {
      readonly isTrusted: false;
      readonly doubt: ClockDoubt;
      /** The earliest time that a supervisor may confirm. */
      readonly notBefore: Instant;
      /** The latest one; null for any. */
      readonly notAfter: Instant | null;
      /** What the wall clock said when the doubt arose, and what was expected then. */
      readonly wall: Instant;
      readonly expected: Instant;
    };

/** The time that the till believes in (GLI-31 5.3). */
export interface TrustedTime {
  now(): Instant;
  standing(): ClockStanding;
  /** Trusted time less wall time when last known, in milliseconds. */
  offsetMs(): number | null;
  /** The latest trusted time, to be kept across restarts. */
  watermark(): Instant;
  /** Takes over what the raffle event's profile says of the clock. */
  follow(rules: ClockRules): void;
  /** Takes over the central's time as of `monotonicMs`; ends any doubt. */
  anchor(centralTime: Instant, monotonicMs: number): void;
  /** Takes over a supervisor's word, to end a doubt. Ignores one that no supervisor may confirm. */
  confirm(now: Instant): void;
}

/** A reading this much older than the present one was not made by the same clock. */
const OLDEST_READING_MS = 60_000;

/** Starts the clock of one run from what was kept of the last. */
export function createTrustedTime(
  clock: Clock,
  memory: ClockMemory,
  initialRules: ClockRules,
): TrustedTime {
  let rules = initialRules;
  let trusted = startTrustedClock(read(), memory, rules);

  function read(): ClockReading {
    return {
      wall: clock.wall(),
      monotonicMs: clock.monotonicMs(),
      sinceBootMs: clock.sinceBootMs(),
    };
  }

  function advance(): TrustedClock {
    trusted = advanceTrustedClock(trusted, read(), rules);
    return trusted;
  }

  return {
    now: () => advance().now,
    standing: () => standingOf(advance(), rules),
    offsetMs: () => trusted.offsetMs,
    watermark: () => advance().watermark,
    follow(next) {
      rules = next;
    },
    anchor(centralTime, monotonicMs) {
      const reading = read();
      const age = reading.monotonicMs - monotonicMs;
      const isOwn = age >= 0 && age <= OLDEST_READING_MS;
      trusted = anchorToCentral(reading, isOwn ? addWhole(centralTime, age) : centralTime);
    },
    confirm(now) {
      const confirmed = confirmBySupervisor(advance(), read(), now, rules);
      if (confirmed.ok) trusted = confirmed.value;
    },
  };
}

function addWhole(instant: Instant, milliseconds: number): Instant {
  return addMilliseconds(instant, Math.round(milliseconds));
}

function standingOf(trusted: TrustedClock, rules: ClockRules): ClockStanding {
  const { standing, watermark } = trusted;
  if (standing.state === 'trusted') return { isTrusted: true };
  const { doubt, wall, expected } = standing;
  const notAfter = latestConfirmable(trusted, rules);
  return { isTrusted: false, doubt, notBefore: watermark, notAfter, wall, expected };
}
