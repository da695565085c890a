/**
 * How much a prize that was last heard of some time ago is still worth telling.
 *
 * - `fresh`: as it is
 * - `old`: greyed, after 10 minutes
 * - `hidden`: not shown, after 30 minutes
 */
export type PrizeAge = 'fresh' | 'old' | 'hidden';

const MINUTE = 60_000;

/** How old the knowledge of a prize is. Both times are epoch milliseconds. */
export function prizeAge(knownAtMs: number, nowMs: number): PrizeAge {
  const ageMs = nowMs - knownAtMs;
  if (ageMs >= 30 * MINUTE) return 'hidden';
  return ageMs >= 10 * MINUTE ? 'old' : 'fresh';
}
