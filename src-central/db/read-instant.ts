import { type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';

/** A moment as a query gives it: a date from drizzle's builder, text from a hand-written query. */
export type StoredMoment = Date | string;

/** A stored moment as an instant; microseconds are cut off. */
export function readInstant(moment: StoredMoment): Instant {
  return instantFromEpoch(new Date(moment).getTime());
}

/** A stored moment that may be missing. */
export function readInstantIfAny(moment: StoredMoment | null): Instant | null {
  return moment === null ? null : readInstant(moment);
}
