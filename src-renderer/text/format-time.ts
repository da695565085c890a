import { epochOf, type Instant } from '#shared/kernel/instant.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An instant's time of day in `timeZone`, as `19:05`. */
export function formatTimeOfDay(instant: Instant | number, timeZone: string): string {
  return format(instant, { timeZone, hour: '2-digit', minute: '2-digit' });
}

/** An instant in `timeZone` with its day, as `Sat 22 Nov 19:05`. */
export function formatDayAndTime(instant: Instant | number, timeZone: string): string {
  const day = format(instant, { timeZone, weekday: 'short', day: 'numeric', month: 'short' });
  return `${day.replace(',', '')} ${formatTimeOfDay(instant, timeZone)}`;
}

/** From one instant to another in `timeZone`; the day stands once where both have the same. */
export function formatSpan(from: Instant, to: Instant, timeZone: string): string {
  const end = formatDayAndTime(to, timeZone);
  const day = dayOf(end);
  const start = formatDayAndTime(from, timeZone);
  return `${start} to ${dayOf(start) === day ? formatTimeOfDay(to, timeZone) : end}`;
}

function dayOf(dayAndTime: string): string {
  return dayAndTime.slice(0, dayAndTime.lastIndexOf(' '));
}

function format(instant: Instant | number, options: Intl.DateTimeFormatOptions): string {
  const milliseconds = typeof instant === 'number' ? instant : epochOf(instant);
  return new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23' }).format(milliseconds);
}

/**
 * How long until something, as short as it can be told apart: `2 h 05 min`, `32 min`, `9:32`, `0:07`.
 *
 * Rounded up, so that it says `0:00` only when the time has come. Under ten minutes it counts seconds.
 */
export function formatCountdown(milliseconds: number): string {
  const left = Math.max(0, milliseconds);
  if (left >= HOUR) {
    const minutes = Math.ceil(left / MINUTE);
    return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
  }
  if (left > 10 * MINUTE) return `${Math.ceil(left / MINUTE)} min`;
  const seconds = Math.ceil(left / 1000);
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
