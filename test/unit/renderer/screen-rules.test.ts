import { describe, expect, it } from 'vitest';
import { screenOf } from '#renderer/features/screen-of.ts';
import { amountsOf, changeOf } from '#renderer/features/sell/amounts.ts';
import { noticesOf } from '#renderer/features/sell/notices.ts';
import { panelLayout, tileColumns } from '#renderer/features/sell/panel-layout.ts';
import { addOne, cartTotal, removeOne, ticketCount } from '#renderer/stores/cart.ts';
import { typedAmount } from '#renderer/stores/cash-entry.ts';
import { isPayDead } from '#renderer/stores/pay-dead-time.ts';
import { terminalTime } from '#renderer/stores/terminal-time.ts';
import { failure } from '#shared/contract/failures.ts';
import type { CheckoutLine, Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { idOf, type PackageId } from '#shared/kernel/ids.ts';
import { addMilliseconds, epochOf } from '#shared/kernel/instant.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';
import {
  anOpenTicket,
  aSelling,
  aSnapshot,
  aSync,
  aTile,
  FOUR_TILES,
  NOW,
  sampleId,
} from '#test/helpers/screen-gallery/page/sample-snapshot.ts';

const CAD = 'CAD' as CurrencyCode;
const MINUTE = 60_000;
const TEN = idOf<PackageId>(sampleId(102));
const FORTY = idOf<PackageId>(sampleId(104));
const setting = { timeZone: 'America/Phoenix' };

describe('screenOf', () => {
  const signedOut: Partial<Snapshot> = { session: { kind: 'signed-out' } };
  const locked: Partial<Snapshot> = {
    session: { kind: 'locked', operatorId: idOf(sampleId(11)), displayName: 'A', role: 'seller' },
  };
  const ended: Partial<Snapshot> = { selling: aSelling({ hasEnded: true }) };

  it.each([
    ['till-stopped', 'lost', aSnapshot(), 'sell'],
    ['other-window', 'replaced', aSnapshot(), 'sell'],
    ['other-window', 'open-elsewhere', null, 'sell'],
    ['starting', 'connected', null, 'sell'],
    ['needs-enrolment', 'connected', aSnapshot({ phase: { kind: 'needs-enrolment' } }), 'sell'],
    ['selling', 'connected', aSnapshot(), 'sell'],
    ['selling', 'connected', aSnapshot(), 'orders'],
    ['status', 'connected', aSnapshot(signedOut), 'status'],
    ['sign-in', 'connected', aSnapshot(signedOut), 'sell'],
    ['locked', 'connected', aSnapshot(locked), 'sell'],
    ['sales-closed', 'connected', aSnapshot(ended), 'sell'],
    ['sales-closed', 'connected', aSnapshot({ ...ended, ...signedOut }), 'sell'],
    ['sales-closed', 'connected', aSnapshot({ ...ended, ...locked }), 'sell'],
    ['sign-in', 'connected', aSnapshot({ ...ended, ...signedOut }), 'sign-in'],
    ['locked', 'connected', aSnapshot({ ...ended, ...locked }), 'sign-in'],
    ['sales-closed', 'connected', aSnapshot(ended), 'sign-in'],
    ['selling', 'connected', aSnapshot(ended), 'orders'],
    [
      'clock-doubt',
      'connected',
      aSnapshot({
        clock: {
          isTrusted: false,
          doubt: 'not-confirmed',
          notBefore: NOW,
          notAfter: null,
          offsetMs: null,
        },
      }),
      'sell',
    ],
    [
      'configuration-changed',
      'connected',
      aSnapshot({ selling: aSelling({ refusal: failure('terminal.configuration-changed') }) }),
      'sell',
    ],
  ] as const)('is %s (%s)', (screen, link, snapshot, page) => {
    expect(screenOf(link, snapshot, page)).toBe(screen);
  });
});

describe('the cart', () => {
  const lines: readonly CheckoutLine[] = [{ packageId: TEN, quantity: 2 }];

  it('counts up and down by one', () => {
    expect(addOne(lines, TEN)).toEqual([{ packageId: TEN, quantity: 3 }]);
    expect(addOne(lines, FORTY)).toEqual([...lines, { packageId: FORTY, quantity: 1 }]);
    expect(removeOne(lines, TEN)).toEqual([{ packageId: TEN, quantity: 1 }]);
    expect(removeOne([{ packageId: TEN, quantity: 1 }], TEN)).toEqual([]);
  });

  it('takes no more than a checkout does', () => {
    const full = [{ packageId: TEN, quantity: 50 }];
    expect(addOne(full, TEN)).toBe(full);
  });

  it('adds up by the prices of the packages', () => {
    const both = addOne(lines, FORTY);
    expect(cartTotal(both, FOUR_TILES, CAD)).toEqual(money(6000, CAD));
    expect(ticketCount(both)).toBe(3);
    expect(cartTotal([], FOUR_TILES, CAD)).toEqual(money(0, CAD));
  });
});

describe('amounts', () => {
  it('are the total, what it is in cash, and the next two notes', () => {
    const selling = aSelling({
      packages: [{ ...aTile(2, 10, 0), price: money(1012, CAD) }],
      cashRoundingMinor: 5,
    });
    const amounts = amountsOf([{ packageId: TEN, quantity: 1 }], selling);
    expect(amounts).toEqual({
      total: money(1012, CAD),
      inCash: money(1010, CAD),
      notes: [money(2000, CAD), money(5000, CAD)],
    });
    expect(changeOf(amounts, money(2000, CAD))).toEqual(money(990, CAD));
    expect(changeOf(amounts, money(1000, CAD))).toBeNull();
  });

  it('of an empty cart offer no notes', () => {
    expect(amountsOf([], aSelling()).notes).toEqual([]);
  });

  it('are typed in whole units where all prices are whole, else in the smallest', () => {
    expect(typedAmount('60', aSelling())).toEqual(money(6000, CAD));
    const oddPrice = aSelling({ packages: [{ ...aTile(1, 3, 5), price: money(550, CAD) }] });
    expect(typedAmount('60', oddPrice)).toEqual(money(60, CAD));
    expect(typedAmount('', aSelling())).toBeNull();
  });
});

describe('panelLayout', () => {
  it.each([
    [1280, 800, 'ten-inch', { orientation: 'landscape', cartRows: 3 }],
    [1024, 600, 'ten-inch', { orientation: 'landscape', cartRows: 1 }],
    [1280, 720, 'ten-inch', { orientation: 'landscape', cartRows: 2 }],
    [1024, 768, 'ten-inch', { orientation: 'landscape', cartRows: 2 }],
    [1920, 1080, 'ten-inch', { orientation: 'landscape', cartRows: 3 }],
    [800, 1280, 'ten-inch', { orientation: 'portrait', cartRows: 2 }],
    [1280, 800, 'eight-inch', { orientation: 'landscape', cartRows: 1 }],
    [800, 1280, 'eight-inch', { orientation: 'portrait', cartRows: 1 }],
  ] as const)('%i × %i, %s', (width, height, panel, layout) => {
    expect(panelLayout(width, height, panel)).toEqual(layout);
  });

  it('has two columns of tiles up to four packages, in portrait up to six', () => {
    expect([1, 4, 5, 6, 7, 9].map((count) => tileColumns(count, 'landscape'))).toEqual([
      2, 2, 3, 3, 3, 3,
    ]);
    expect([1, 4, 6, 7].map((count) => tileColumns(count, 'portrait'))).toEqual([2, 2, 2, 3]);
  });
});

describe('noticesOf', () => {
  const texts = (snapshot: Snapshot, afterMs = 0) =>
    noticesOf(snapshot, epochOf(NOW) + afterMs, setting).map(({ tone, text }) => [tone, text]);

  it('is silent while all is well', () => {
    expect(texts(aSnapshot())).toEqual([]);
  });

  it('counts down from ten minutes before the end of sales', () => {
    const closing = aSnapshot({
      selling: aSelling({ salesEnd: addMilliseconds(NOW, 11 * MINUTE) }),
    });
    expect(texts(closing)).toEqual([]);
    expect(texts(closing, 1.5 * MINUTE)).toEqual([['info', 'Sales close in 9:30']]);
    expect(texts(closing, 6.5 * MINUTE)).toEqual([['warning', 'Sales close in 4:30']]);
    expect(texts(closing, 10.5 * MINUTE)).toEqual([['danger', 'Sales close in 0:30']]);
    expect(texts(closing, 11 * MINUTE)).toEqual([]);
  });

  it('tells why nothing can be sold first, and the printer’s own words once', () => {
    const snapshot = aSnapshot({
      printer: { unit: 'Printer 1', condition: 'paper-out', isReady: false },
      selling: aSelling({ refusal: failure('printer.not-ready') }),
      openTickets: [anOpenTicket({ state: 'parked' })],
    });
    expect(texts(snapshot)).toEqual([
      ['danger', 'Paper out: open lid, put in a roll'],
      ['warning', '1 ticket set aside: call a supervisor'],
    ]);
  });

  it.each([
    [{ orders: { used: 31, maximum: 200 } }, 'No connection: 31 of 200 sales used'],
    [{ valueMinor: { used: 450_000, maximum: 500_000 } }, 'No connection: $4,500 of $5,000 used'],
    [{ hours: { used: 3.5, maximum: 4 } }, 'No connection: 3.5 of 4 hours used'],
  ])('tells the limit without a connection that is closest: %o', (use, text) => {
    const unused = { used: 0, maximum: 100 };
    const offlineUse = {
      orders: unused,
      valueMinor: unused,
      hours: unused,
      isNearLimit: true,
      isAtLimit: false,
      ...use,
    };
    expect(texts(aSnapshot({ sync: aSync({ isOnline: false, offlineUse }) }))).toEqual([
      ['warning', text],
    ]);
  });
});

describe('time', () => {
  it('runs on from the snapshot by the monotonic clock', () => {
    const anchor = { now: NOW, receivedAtMs: 5000 };
    expect(terminalTime(anchor, 7500) - epochOf(NOW)).toBe(2500);
    expect(terminalTime(anchor, 4000)).toBe(epochOf(NOW));
  });

  it('keeps the pay positions dead for 600 ms', () => {
    expect([0, 599, 600].map((ms) => isPayDead(1000, 1000 + ms))).toEqual([true, true, false]);
  });
});
