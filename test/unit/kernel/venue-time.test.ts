import { describe, expect, test } from 'vitest';
import { type Instant, parseInstant } from '#shared/kernel/instant.ts';
import { formatVenueDate, formatVenueTime, venueTimeOf } from '#shared/kernel/venue-time.ts';

function instant(text: string): Instant {
  return parseInstant(`${text}:00.000Z`) as Instant;
}

describe('the time at a venue', () => {
  test.each([
    ['2026-11-23T03:05', 'America/Los_Angeles', '2026-11-22 19:05 PST'],
    ['2026-07-01T02:05', 'America/Los_Angeles', '2026-06-30 19:05 PDT'],
    ['2026-01-15T05:00', 'America/New_York', '2026-01-15 00:00 EST'],
    ['2026-01-15T05:05', 'America/New_York', '2026-01-15 00:05 EST'],
    ['2026-01-15T17:00', 'America/New_York', '2026-01-15 12:00 EST'],
    ['2026-01-16T04:59', 'America/New_York', '2026-01-15 23:59 EST'],
    ['2026-01-15T12:00', 'Europe/London', '2026-01-15 12:00 GMT'],
    ['2026-07-15T12:00', 'Europe/London', '2026-07-15 13:00 UTC+01:00'],
    ['2026-01-15T12:00', 'Asia/Kathmandu', '2026-01-15 17:45 UTC+05:45'],
    ['2026-01-15T12:00', 'America/Sao_Paulo', '2026-01-15 09:00 UTC-03:00'],
    ['2026-01-15T12:00', 'UTC', '2026-01-15 12:00 UTC'],
  ])('%sZ in %s is %s', (at, zone, expected) => {
    expect(formatVenueTime(instant(at), zone)).toBe(expected);
  });

  test('skips the hour that is missing in spring', () => {
    const zone = 'America/New_York';
    expect(formatVenueTime(instant('2026-03-08T06:59'), zone)).toBe('2026-03-08 01:59 EST');
    expect(formatVenueTime(instant('2026-03-08T07:00'), zone)).toBe('2026-03-08 03:00 EDT');
  });

  test('tells the two same hours of autumn apart by the zone', () => {
    const zone = 'America/New_York';
    expect(formatVenueTime(instant('2026-11-01T05:30'), zone)).toBe('2026-11-01 01:30 EDT');
    expect(formatVenueTime(instant('2026-11-01T06:30'), zone)).toBe('2026-11-01 01:30 EST');
  });

  test('has its parts as numbers', () => {
    const at = parseInstant('2026-11-23T03:05:09.999Z') as Instant;
    expect(venueTimeOf(at, 'America/Los_Angeles')).toEqual({
      year: 2026,
      month: 11,
      day: 22,
      hour: 19,
      minute: 5,
      second: 9,
      zoneName: 'PST',
    });
  });
});

describe('a date at a venue', () => {
  test('counts on over months, years and changes of the clock', () => {
    const at = instant('2026-10-31T03:30');
    const zone = 'America/New_York';
    expect(formatVenueDate(at, zone)).toBe('2026-10-30');
    expect(formatVenueDate(at, zone, 2)).toBe('2026-11-01');
    expect(formatVenueDate(at, zone, 365)).toBe('2027-10-30');
  });
});

test.each(['Mars/Olympus', ''])('an unknown zone, %j, shows UTC and says so', (zone) => {
  expect(formatVenueTime(instant('2026-01-15T12:00'), zone)).toBe('2026-01-15 12:00 UTC');
});
