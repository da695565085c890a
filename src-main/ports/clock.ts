import type { Instant } from '#shared/kernel/instant.ts';

/** The computer's own clocks. What the till believes about the time is `TrustedClock`. */
export interface Clock {
  /** What the wall clock says. It may be wrong, and may jump. */
  wall(): Instant;
  /**
   * Milliseconds that never go back within one run. Their zero means nothing, but is the same in
   * every thread of the program.
   */
  monotonicMs(): number;
  /**
   * Milliseconds since the computer started, counted on while it sleeps. Nobody can set this clock, so
   * it tells a sleep from a wall clock that was put forward. May be coarse: tens of milliseconds.
   */
  sinceBootMs(): number;
}
