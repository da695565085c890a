import type { Brand } from './brand.ts';
import { invariant } from './invariant.ts';

/**
 * A moment in UTC as `YYYY-MM-DDTHH:mm:ss.sssZ`, always 24 characters, so that instants sort as text.
 */
export type Instant = Brand<string, 'Instant'>;

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Reads an instant from text in exactly the stored form; `undefined` if it is anything else. */
export function parseInstant(text: string): Instant | undefined {
  if (!FORM.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) return undefined;
  return new Date(milliseconds).toISOString() === text ? (text as Instant) : undefined;
}

/** The instant `milliseconds` after 1970-01-01T00:00Z. Throws outside the years 0 to 9999. */
export function instantFromEpoch(milliseconds: number): Instant {
  const text = new Date(milliseconds).toISOString();
  invariant(FORM.test(text), `instant out of range: ${text}`);
  return text as Instant;
}

/** Milliseconds from 1970-01-01T00:00Z to `instant`. */
export function epochOf(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant `milliseconds` after `instant`; before it, if negative. */
export function addMilliseconds(instant: Instant, milliseconds: number): Instant {
  return instantFromEpoch(epochOf(instant) + milliseconds);
}

/** Milliseconds from `earlier` to `later`; negative if they are the other way round. */
export function millisecondsBetween(earlier: Instant, later: Instant): number {
  return epochOf(later) - epochOf(earlier);
}
