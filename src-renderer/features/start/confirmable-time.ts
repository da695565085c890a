const MINUTE = 60_000;

/** What a supervisor may confirm, as epoch milliseconds; null for no limit. */
export interface ConfirmableTime {
  readonly earliestMs: number | null;
  readonly latestMs: number | null;
}

/** The whole minute at or after `milliseconds` that a supervisor may confirm, or the nearest limit. */
export function toConfirmable(
  milliseconds: number,
  { earliestMs, latestMs }: ConfirmableTime,
): number {
  const notTooEarly = Math.max(milliseconds, earliestMs ?? milliseconds);
  const minute = Math.ceil(notTooEarly / MINUTE) * MINUTE;
  return Math.min(minute, latestMs ?? minute);
}
