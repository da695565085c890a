/** How fast the sync worker goes, in milliseconds. */
export interface SyncPace {
  /** Between two looks at the central while its stream is closed. */
  readonly pollMs: number;
  /** The longest pause after the first failure; it doubles with each further one. */
  readonly firstPauseMs: number;
  /** The longest pause after any number of failures. */
  readonly longestPauseMs: number;
  /** Before a refused request for numbers is made again. */
  readonly numbersRetryMs: number;
  /** Before what the till was given and has not written is fetched again. */
  readonly deliveryRetryMs: number;
  /** Between two looks at the progress. */
  readonly watchMs: number;
  /** How long nothing may move before something is done about it. */
  readonly stallMs: number;
}

/** The pace of a till at work. */
export const WORKING_PACE: SyncPace = {
  pollMs: 10_000,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  numbersRetryMs: 30_000,
  deliveryRetryMs: 30_000,
  watchMs: 5_000,
  stallMs: 60_000,
};
