import { describe, expect, it } from 'vitest';
import { formatMoney } from '#renderer/text/format-money.ts';
import { countOf, endOfValidation, formatValidation } from '#renderer/text/format-numbers.ts';
import {
  formatCountdown,
  formatDayAndTime,
  formatSpan,
  formatTimeOfDay,
} from '#renderer/text/format-time.ts';
import { prizeAge } from '#renderer/text/prize-age.ts';
import { closingWords, syncWords } from '#renderer/text/sync-words.ts';
import type { SyncStanding } from '#shared/contract/terminal/snapshot.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';

const MINUTE = 60_000;

describe('formatMoney', () => {
  it.each([
    [1000, 'CAD', '$10'],
    [1050, 'CAD', '$10.50'],
    [124_000, 'USD', '$1,240'],
    [-500, 'CAD', '-$5'],
    [0, 'CAD', '$0'],
    [500, 'JPY', '¥500'],
    [1500, 'GBP', '£15'],
    [1234, 'KWD', 'KWD 1.234'],
  ])('%i of %s is %s', (minor, currency, text) => {
    expect(formatMoney(money(minor, currency as CurrencyCode)).replaceAll('\u00a0', ' ')).toBe(
      text,
    );
  });
});

describe('formatCountdown', () => {
  it.each([
    [2 * 60 * MINUTE + 4 * MINUTE + 30_000, '2 h 05 min'],
    [60 * MINUTE, '1 h 00 min'],
    [59.2 * MINUTE, '60 min'],
    [31.5 * MINUTE, '32 min'],
    [10 * MINUTE, '10:00'],
    [9 * MINUTE + 31_001, '9:32'],
    [59_999, '1:00'],
    [1, '0:01'],
    [0, '0:00'],
    [-5000, '0:00'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(formatCountdown(milliseconds)).toBe(text);
  });
});

describe('times', () => {
  const instant = '2026-11-22T08:05:00.000Z' as Instant;

  it('of a span name the day once where it begins and ends on one', () => {
    const midnight = '2026-11-23T00:30:00.000Z' as Instant;
    expect(formatSpan(instant, '2026-11-22T21:00:00.000Z' as Instant, 'UTC')).toBe(
      'Sun 22 Nov 08:05 to 21:00',
    );
    expect(formatSpan(instant, midnight, 'UTC')).toBe('Sun 22 Nov 08:05 to Mon 23 Nov 00:30');
  });

  it('are told in the venue’s zone, with the day where it is wanted', () => {
    expect(formatTimeOfDay(instant, 'America/Phoenix')).toBe('01:05');
    expect(formatDayAndTime(instant, 'America/Phoenix')).toBe('Sun 22 Nov 01:05');
    expect(formatDayAndTime(instant, 'UTC')).toBe('Sun 22 Nov 08:05');
  });
});

describe('numbers', () => {
  it('are grouped as on the ticket', () => {
    expect(formatValidation('100482039175264821')).toBe('100482 039175 264821');
    expect(endOfValidation('100482039175264821')).toBe('4821');
  });

  it('agree with their noun', () => {
    expect([countOf(1, 'ticket'), countOf(2, 'ticket'), countOf(1200, 'sale')]).toEqual([
      '1 ticket',
      '2 tickets',
      '1,200 sales',
    ]);
  });
});

describe('prizeAge', () => {
  it('greys a prize after 10 minutes and hides it after 30', () => {
    const ages = [0, 9.99, 10, 29.99, 30].map((minutes) => prizeAge(0, minutes * MINUTE));
    expect(ages).toEqual(['fresh', 'fresh', 'old', 'old', 'hidden']);
  });
});

describe('sync words', () => {
  const allSent: SyncStanding = {
    isOnline: true,
    lastContactAt: null,
    deviceState: 'enabled',
    orderCount: 412,
    sentOrderCount: 412,
    underReviewCount: 0,
    unsentEntryCount: 0,
    isAllSent: true,
    problem: null,
    offlineUse: null,
  };
  const unsent = { ...allSent, sentOrderCount: 381, isAllSent: false };

  it('say "all sent" only when the central has agreed', () => {
    expect(syncWords(allSent)).toEqual({ tone: 'good', text: 'All sent' });
    expect(syncWords({ ...allSent, isAllSent: false })).toEqual({ tone: 'busy', text: 'Sending' });
    expect(syncWords(unsent)).toEqual({ tone: 'busy', text: '31 saved here, sending' });
    expect(syncWords({ ...unsent, isOnline: false })).toEqual({
      tone: 'warning',
      text: '31 saved here',
    });
  });

  it('say at the close whether the till may be handed in', () => {
    expect(closingWords({ ...allSent, underReviewCount: 1 })).toEqual({
      isDone: true,
      text: 'ALL SALES SENT',
      count: '412/412',
      action: 'You can hand in this till. 1 under review.',
    });
    expect(closingWords(unsent)).toEqual({
      isDone: false,
      text: '31 STILL HERE',
      count: '381/412',
      action: 'Stay on Wi-Fi.',
    });
  });
});
