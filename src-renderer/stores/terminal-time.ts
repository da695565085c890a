import type { Instant } from '#shared/kernel/instant.ts';
import { epochOf } from '#shared/kernel/instant.ts';

/** A trusted moment, and what this page's monotonic clock showed when it arrived. */
export interface TimeAnchor {
  readonly now: Instant;
  /** `performance.now()` in milliseconds. */
  readonly receivedAtMs: number;
}

/**
 * The terminal's trusted time as epoch milliseconds, run on from the last snapshot.
 *
 * The wall clock of the computer is never asked: it may be wrong, or set while sales are open.
 */
export function terminalTime(anchor: TimeAnchor, monotonicMs: number): number {
  return epochOf(anchor.now) + Math.max(0, monotonicMs - anchor.receivedAtMs);
}
