import { epochOf, type Instant } from './instant.ts';
import { invariant } from './invariant.ts';

/** What calendar and clock at a venue show at one instant. */
export interface VenueTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** A short name such as `PST` where the zone has one, else the offset, such as `UTC+01:00`. */
  readonly zoneName: string;
}

/** Making a formatter costs far more than using it. */
const formatters = new Map<string, ZoneFormatters>();

interface ZoneFormatters {
  readonly parts: Intl.DateTimeFormat;
  readonly offset: Intl.DateTimeFormat;
}

/**
 * What a clock at the venue shows.
 *
 * In UTC, and named so, if this computer does not know the zone: a sold ticket must print.
 */
export function venueTimeOf(instant: Instant, timeZone: string): VenueTime {
  const { parts, offset } = formattersOf(timeZone);
  const at = epochOf(instant);
  const fields = new Map(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(fields.get(type));
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
    zoneName: zoneNameOf(fields.get('timeZoneName') ?? '', offset, at),
  };
}

/** `2026-11-22 19:05 PST`: date, 24-hour time in hours and minutes, and zone (GLI-31 2.3.1). */
export function formatVenueTime(instant: Instant, timeZone: string): string {
  const time = venueTimeOf(instant, timeZone);
  return `${dateText(time)} ${padded(time.hour)}:${padded(time.minute)} ${time.zoneName}`;
}

/** `2026-11-22`: the date at the venue, `daysLater` days on. */
export function formatVenueDate(instant: Instant, timeZone: string, daysLater = 0): string {
  const { year, month, day } = venueTimeOf(instant, timeZone);
  const date = new Date(Date.UTC(year, month - 1, day + daysLater));
  return dateText({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  });
}

function dateText({ year, month, day }: Pick<VenueTime, 'year' | 'month' | 'day'>): string {
  return `${year.toString().padStart(4, '0')}-${padded(month)}-${padded(day)}`;
}

function padded(value: number): string {
  return value.toString().padStart(2, '0');
}

/** Names like `GMT+1` are not what people call a zone; the offset says the same more clearly. */
function zoneNameOf(shortName: string, offset: Intl.DateTimeFormat, at: number): string {
  if (/^[A-Z]{2,5}$/.test(shortName)) return shortName;
  const part = offset.formatToParts(at).find(({ type }) => type === 'timeZoneName');
  invariant(part !== undefined, 'a time zone without an offset');
  return part.value.replace('GMT', 'UTC');
}

function formattersOf(timeZone: string): ZoneFormatters {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = makeFormatters(timeZone) ?? makeFormatters('UTC');
  invariant(made !== undefined, 'no formatter for UTC');
  formatters.set(timeZone, made);
  return made;
}

/** `undefined` if the zone is not known. */
function makeFormatters(timeZone: string): ZoneFormatters | undefined {
  try {
    return {
      parts: new Intl.DateTimeFormat('en-US', {
        timeZone,
        calendar: 'gregory',
        numberingSystem: 'latn',
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        timeZoneName: 'short',
      }),
      offset: new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }),
    };
  } catch {
    return undefined;
  }
}
