import type { OperatorRow } from '#main/ports/terminal-rows.ts';
import { addMilliseconds, type Instant, millisecondsBetween } from '#shared/kernel/instant.ts';

/** Wrong PINs in a row that cost nothing but another try. */
const FREE_FAILURES = 2;
/** The delay after each further wrong PIN, in seconds; the last one stays. */
const DELAYS_SECONDS = [30, 60, 120, 300] as const;
const LONGEST_DELAY_MS = 300_000;
/** Wrong PINs in a row after which a seller's credential is dead until the central renews it. */
const LOCKING_FAILURES = 10;

/** The instant before which no PIN is compared, after so many wrong ones in a row; null for none. */
export function delayAfter(failuresInARow: number, at: Instant): Instant | null {
  if (failuresInARow <= FREE_FAILURES) return null;
  const index = Math.min(failuresInARow - FREE_FAILURES, DELAYS_SECONDS.length) - 1;
  return addMilliseconds(at, (DELAYS_SECONDS[index] ?? 0) * 1_000);
}

/**
 * The instant that a person has to wait for; `undefined` if their PIN may be compared at `now`.
 *
 * A delay beyond the longest one was set before the central set the time back, and is over: nobody
 * waits until an hour that was wrong.
 */
export function waitOf({ delayedUntil }: OperatorRow, now: Instant): Instant | undefined {
  if (delayedUntil === null) return undefined;
  const waitMs = millisecondsBetween(now, delayedUntil);
  return waitMs > 0 && waitMs <= LONGEST_DELAY_MS ? delayedUntil : undefined;
}

/**
 * Whether a person's PIN is refused unseen until the mirror brings another credential.
 *
 * Sellers only: a till without anybody who may settle things is worse than five minutes a guess.
 */
export function isLockedOut({ operator, failuresInARow }: OperatorRow): boolean {
  return operator.role === 'seller' && failuresInARow >= LOCKING_FAILURES;
}
