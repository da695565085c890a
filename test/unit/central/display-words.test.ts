import { describe, expect, test } from 'vitest';
import { moneyParts, scenesOf } from '#central/modules/display/page/words.js';
import type { DisplayPicture } from '#shared/contract/central/public.ts';
import { idOf, type PrizeId } from '#shared/kernel/ids.ts';
import { parseInstant } from '#shared/kernel/instant.ts';
import { type CurrencyCode, currencyExponent, minorUnits } from '#shared/kernel/money.ts';

const NOW = '2026-02-14T19:00:00.000Z';

function at(text: string) {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`not an instant: ${text}`);
  return instant;
}

const CURRENCY = 'CAD' as CurrencyCode;
const PRIZE = {
  prizeId: idOf<PrizeId>('00000000-0000-7000-8000-000000000001'),
  name: 'Half',
  winnerCount: 1,
  valueMinor: minorUnits(1_234_550),
  isAtCap: false,
};

function picture(change: Partial<DisplayPicture['raffleEvent']> = {}): DisplayPicture {
  return {
    raffleEvent: {
      eventIdentifier: 'T-1',
      name: 'Saturday raffle',
      organisationName: 'A club',
      licenceNumber: null,
      venueName: null,
      timeZone: 'America/Vancouver',
      state: 'active',
      isDemo: false,
      salesStart: at('2026-02-14T17:00:00.000Z'),
      salesEnd: at('2026-02-14T20:30:00.000Z'),
      drawAt: null,
      currency: CURRENCY,
      packages: [],
      prizes: [],
      ...change,
    },
    jackpot: { eventIdentifier: 'T-1', currency: CURRENCY, asOf: at(NOW), prizes: [PRIZE] },
    results: [],
    minorDigits: 2,
    serverTime: NOW,
  };
}

function noteOf(some: DisplayPicture, now = NOW): string {
  return scenesOf(some, Date.parse(now))[0].note;
}

describe('the display says', () => {
  test('what a prize is worth, and how many win it', () => {
    expect(scenesOf(picture(), Date.parse(NOW))).toEqual([
      {
        kind: 'prize',
        key: PRIZE.prizeId,
        label: 'Half',
        amountMinor: 1_234_550,
        whole: '$12,345',
        fraction: '.50',
        note: 'Sales end at 12:30 · 1 h 30 min left',
        badge: '',
      },
    ]);
    const capped = { ...PRIZE, winnerCount: 3, isAtCap: true };
    const some = picture();
    const [scene] = scenesOf({ ...some, jackpot: { ...some.jackpot, prizes: [capped] } }, 0);
    expect([scene.label, scene.badge]).toEqual(['Half · 3 winners', 'Maximum reached']);
  });

  test.each([
    ['before sales', {}, '2026-02-14T16:00:00.000Z', 'Sales begin at 09:00'],
    ['a day before', {}, '2026-02-13T16:00:00.000Z', 'Sales begin on Sat 14 Feb at 09:00'],
    ['in the last hour', {}, '2026-02-14T19:44:30.000Z', 'Sales end at 12:30 · 46 min left'],
    ['in the last minutes', {}, '2026-02-14T20:21:51.200Z', 'Sales end at 12:30 · 8:09 left'],
    ['after the end', {}, '2026-02-14T20:30:00.000Z', 'Sales have ended · the draw follows'],
    ['while suspended', { state: 'suspended' as const }, NOW, 'Sales are paused'],
    [
      'with a time for the draw',
      { state: 'closed' as const, drawAt: at('2026-02-14T21:00:00.000Z') },
      NOW,
      'Sales have ended · draw at 13:00',
    ],
  ])('how selling goes: %s', (_name, change, now, note) => {
    expect(noteOf(picture(change), now)).toBe(note);
  });

  test('the winning numbers instead of the prizes, once there are any', () => {
    const result = {
      prizeName: 'Half',
      drawNumber: 12_345,
      drawNumberText: '012 345',
      valueMinor: minorUnits(500_000),
      currency: CURRENCY,
      drawnAt: at(NOW),
    };
    const scenes = scenesOf({ ...picture({ state: 'drawn' }), results: [result] }, 0);
    expect(scenes.map(({ kind, whole, note }) => [kind, whole, note])).toEqual([
      ['result', '012 345', 'Half · $5,000.00'],
    ]);
  });

  test('that a raffle was cancelled, whatever else is known', () => {
    expect(scenesOf(picture({ state: 'cancelled' }), 0)[0].whole).toBe('This raffle was cancelled');
  });

  test('amounts with the digits that the tills reckon with', () => {
    const parts = (minor: number, currency: string) =>
      moneyParts(minor, currency, currencyExponent(currency as CurrencyCode));
    expect(['CAD', 'JPY', 'HUF', 'KWD'].map((currency) => parts(12_345, currency))).toEqual([
      { whole: '$123', fraction: '.45' },
      { whole: '¥12,345', fraction: '' },
      { whole: 'Ft\u00a0123', fraction: '.45' },
      { whole: 'KWD\u00a012', fraction: '.345' },
    ]);
  });
});
