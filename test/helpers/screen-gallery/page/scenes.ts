import type { SaleFlow } from '#renderer/stores/sale-flow.ts';
import type { Stores } from '#renderer/stores/stores.ts';
import { failure } from '#shared/contract/failures.ts';
import type { CheckoutLine, Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { idOf, type OperatorId, type OrderId, type PackageId } from '#shared/kernel/ids.ts';
import { addMilliseconds } from '#shared/kernel/instant.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { anOrder, orderDetails } from './sample-orders.ts';
import {
  anOpenTicket,
  aReceipt,
  aSelling,
  aSnapshot,
  aSync,
  aTile,
  FOUR_TILES,
  NOW,
  sampleId,
} from './sample-snapshot.ts';
import type { Scene, SceneAnswers } from './scene.ts';

const CAD = 'CAD' as CurrencyCode;
const MINUTE = 60_000;
const dollars = (amount: number) => money(amount * 100, CAD);
const line = (place: number, quantity: number): CheckoutLine => ({
  packageId: idOf<PackageId>(sampleId(100 + place)),
  quantity,
});
const cart = (...lines: CheckoutLine[]): Partial<Snapshot> => ({
  checkout: { checkoutId: idOf(sampleId(20)), lines },
});
const atFlow =
  (flow: SaleFlow) =>
  ({ sale }: Stores): void =>
    sale.setState({ flow });
const atPage =
  (page: ReturnType<Stores['navigation']['getState']>['page']) =>
  ({ navigation }: Stores): void =>
    navigation.setState({ page });
const inDoubt = (
  doubt: Snapshot['clock']['doubt'],
  notAfter: Snapshot['clock']['notAfter'],
): Snapshot['clock'] => ({
  isTrusted: false,
  doubt,
  notBefore: addMilliseconds(NOW, -20 * MINUTE),
  notAfter,
  offsetMs: null,
});
const closesIn = (milliseconds: number) =>
  aSelling({ salesEnd: addMilliseconds(NOW, milliseconds) });

const PEOPLE = [
  { displayName: 'Alex Morgan', number: '12', role: 'seller' },
  { displayName: 'Bianca Okafor', number: '14', role: 'seller' },
  { displayName: 'Chidi Nwosu-Bartholomew', number: '15', role: 'seller' },
  { displayName: 'Dana Petrov', number: '17', role: 'seller' },
  { displayName: 'Sam Whitfield', number: '90', role: 'supervisor' },
  { displayName: 'Toni Ruiz', number: '99', role: 'technician' },
] as const;
const people: SceneAnswers = {
  'session.list-people': ok({
    people: PEOPLE.map((person, place) => ({
      ...person,
      operatorId: idOf<OperatorId>(sampleId(11 + place)),
    })),
  }),
};
const manyPeople: SceneAnswers = {
  'session.list-people': ok({
    people: Array.from({ length: 30 }, (_, place) => ({
      operatorId: idOf<OperatorId>(sampleId(200 + place)),
      displayName: `Volunteer ${String(place + 1).padStart(2, '0')}`,
      number: String(place + 1),
      role: 'seller' as const,
    })),
  }),
};
const signedOut: Partial<Snapshot> = { session: { kind: 'signed-out' } };
const choosing = aSnapshot({
  phase: {
    kind: 'choose-raffle-event',
    raffleEvents: [
      { ...aSelling(), name: 'Harbour Hawks 50/50' },
      {
        ...aSelling({ raffleEventId: idOf(sampleId(2)), state: 'created' }),
        name: 'Saturday Junior League 50/50 with a rather long name',
      },
    ].map(({ raffleEventId, name, eventIdentifier, state, salesStart, salesEnd }) => ({
      raffleEventId,
      name,
      eventIdentifier,
      state,
      salesStart,
      salesEnd,
    })),
  },
  selling: null,
  ...signedOut,
});
const locked: Partial<Snapshot> = {
  session: {
    kind: 'locked',
    operatorId: idOf(sampleId(11)),
    displayName: 'Alex Morgan',
    role: 'seller',
  },
};
const demo: Partial<Snapshot> = {
  demo: {
    people: [
      { displayName: 'Alex Morgan', number: '12', pin: '2580' },
      { displayName: 'Bianca Okafor', number: '14', pin: '1470' },
      { displayName: 'Sam Whitfield', number: '90', pin: '907531' },
      { displayName: 'Toni Ruiz', number: '99', pin: '864209' },
    ],
  },
};
const candidate = {
  identification: { method: 'name', operatorId: idOf<OperatorId>(sampleId(11)) },
  label: 'Alex Morgan',
} as const;
const pinRefused =
  (
    code:
      | 'sign-in.wrong'
      | 'sign-in.delayed'
      | 'sign-in.locked'
      | 'operator.disabled'
      | 'operator.expired',
  ) =>
  ({ signIn }: Stores): void =>
    signIn.setState({
      flow: {
        step: 'pin',
        candidate,
        pin: '',
        problem: failure(code, { until: addMilliseconds(NOW, 58_000) }),
        isChecking: false,
      },
    });
const ordersOnPage: SceneAnswers = {
  'order.list': ok({
    orders: [
      anOrder(1, { standing: 'saved' }),
      anOrder(2, { standing: 'under-review' }),
      anOrder(3, { numberCount: 1, packageName: '1 number', reprintCount: 1 }),
      anOrder(4, { numberCount: 100, amount: dollars(40), sellerName: 'Bianca Okafor' }),
      anOrder(5, {
        ticket: {
          printJobId: idOf(sampleId(35)),
          orderId: idOf<OrderId>(sampleId(45)),
          state: 'parked',
        },
      }),
      ...[6, 7, 8, 9, 10, 11].map((place) => anOrder(place)),
    ],
    nextCursor: 'more',
  }),
};
const order: SceneAnswers = { 'order.show': ok(orderDetails()), ...people };
const orderId = idOf<OrderId>(sampleId(41));
const offline = (used: number, flags: { isNearLimit: boolean; isAtLimit: boolean }) =>
  aSync({
    isOnline: false,
    isAllSent: false,
    sentOrderCount: 412 - used,
    problem: failure('central.unreachable'),
    offlineUse: {
      orders: { used, maximum: 200 },
      valueMinor: { used: used * 900, maximum: 500_000 },
      hours: { used: 0.7, maximum: 4 },
      ...flags,
    },
  });
const faulty = (
  condition: Snapshot['printer']['condition'],
  isReady: boolean,
): Partial<Snapshot> => ({
  printer: { unit: 'Printer 1', condition, isReady },
  ...(isReady ? {} : { selling: aSelling({ refusal: failure('printer.not-ready') }) }),
});
const ended = (sync: Snapshot['sync'], session: Partial<Snapshot>): Snapshot =>
  aSnapshot({
    selling: aSelling({
      hasEnded: true,
      salesEnd: addMilliseconds(NOW, -MINUTE),
      refusal: failure('raffle-event.closed'),
    }),
    sync,
    ...session,
  });

const START: readonly Scene[] = [
  { name: 'start-connecting', snapshot: null, link: 'connecting' },
  {
    name: 'start-checking',
    snapshot: aSnapshot({
      phase: { kind: 'starting', step: 'Checking what was sold before' },
      terminal: null,
      ...signedOut,
    }),
  },
  { name: 'start-till-stopped', snapshot: aSnapshot(), link: 'lost' },
  { name: 'start-other-window', snapshot: aSnapshot(), link: 'replaced' },
  {
    name: 'start-needs-enrolment',
    snapshot: aSnapshot({
      phase: { kind: 'needs-enrolment' },
      terminal: null,
      selling: null,
      sync: null,
      ...signedOut,
    }),
  },
  {
    name: 'start-needs-enrolment-again',
    snapshot: aSnapshot({
      phase: { kind: 'needs-enrolment', lost: { throughSeq: 1284 } },
      terminal: null,
      selling: null,
      sync: null,
      ...signedOut,
    }),
  },
  ...(['asking', 'unreachable', 'not-found'] as const).map((search) => ({
    name: `start-set-back-${search}`,
    snapshot: aSnapshot({
      phase: { kind: 'set-back', endsAtSeq: 1270, reachedSeq: 1284, search },
      ...signedOut,
    }),
  })),
  {
    name: 'start-set-back-question',
    snapshot: aSnapshot({
      phase: { kind: 'set-back', endsAtSeq: 1270, reachedSeq: 1284, search: 'not-found' },
      ...signedOut,
    }),
    press: ['Set up again'],
  },
  {
    name: 'start-beyond-repair',
    snapshot: aSnapshot({
      phase: {
        kind: 'out-of-service',
        since: NOW,
        faults: [{ check: 'database file', detail: 'database disk image is malformed' }],
        canStartOver: true,
      },
    }),
  },
  {
    name: 'start-choose-raffle',
    snapshot: choosing,
  },
  {
    name: 'start-no-raffle',
    snapshot: aSnapshot({
      phase: { kind: 'choose-raffle-event', raffleEvents: [] },
      selling: null,
      ...signedOut,
    }),
  },
  {
    name: 'start-clock-doubt',
    snapshot: aSnapshot({
      clock: inDoubt('disagrees-with-wall', null),
      ...signedOut,
    }),
  },
  {
    name: 'start-clock-not-confirmed',
    snapshot: aSnapshot({
      clock: inDoubt('not-confirmed', addMilliseconds(NOW, 30 * MINUTE)),
      ...signedOut,
    }),
  },
  {
    name: 'start-choose-raffle-approval',
    snapshot: choosing,
    answers: people,
    press: ['Harbour Hawks 50/50 HH-2026-11-21 · open Sales Sat 21 Nov 18:42 to 20:59'],
  },
  {
    name: 'start-clock-approval',
    snapshot: aSnapshot({
      clock: inDoubt('disagrees-with-wall', null),
      ...signedOut,
    }),
    answers: people,
    press: ['This time is right', 'Sam Whitfield Supervisor'],
  },
  {
    name: 'start-configuration-changed',
    snapshot: aSnapshot({
      selling: aSelling({ refusal: failure('terminal.configuration-changed') }),
      ...signedOut,
    }),
    answers: people,
  },
  {
    name: 'start-out-of-service',
    snapshot: aSnapshot({
      phase: {
        kind: 'out-of-service',
        since: NOW,
        faults: [
          {
            check: 'Journal chain',
            detail: 'Entry 1284 does not follow entry 1283: its hash is another one.',
          },
          { check: 'Counters', detail: 'Order count 411, but the journal says 412.' },
        ],
      },
    }),
    answers: {
      'diagnostics.export': ok({
        folder: '/var/lib/counterfoil/export-2026-11-22',
        entryCount: 1284,
      }),
      'diagnostics.show': ok({
        sections: [
          {
            title: 'Journal',
            facts: [
              { label: 'Chain', value: sampleId(7) },
              { label: 'Entries', value: '1284' },
            ],
          },
        ],
      }),
    },
    press: ['Export', 'Diagnostics'],
  },
];

const SIGN_IN: readonly Scene[] = [
  { name: 'sign-in-names', snapshot: aSnapshot(signedOut), answers: people },
  { name: 'sign-in-demo', snapshot: aSnapshot({ ...signedOut, ...demo }), answers: people },
  { name: 'sign-in-many-names', snapshot: aSnapshot(signedOut), answers: manyPeople },
  {
    name: 'sign-in-number',
    snapshot: aSnapshot(signedOut),
    answers: people,
    press: ['Number or badge'],
  },
  {
    name: 'sign-in-pin',
    snapshot: aSnapshot(signedOut),
    answers: people,
    prepare: ({ signIn }) =>
      signIn.setState({
        flow: { step: 'pin', candidate, pin: '258', problem: null, isChecking: false },
      }),
  },
  {
    name: 'sign-in-wrong',
    snapshot: aSnapshot(signedOut),
    answers: people,
    prepare: pinRefused('sign-in.wrong'),
  },
  {
    name: 'sign-in-wait',
    snapshot: aSnapshot(signedOut),
    answers: people,
    prepare: pinRefused('sign-in.delayed'),
  },
  {
    name: 'sign-in-locked-out',
    snapshot: aSnapshot(signedOut),
    answers: people,
    prepare: pinRefused('sign-in.locked'),
  },
  {
    name: 'sign-in-disabled',
    snapshot: aSnapshot(signedOut),
    answers: people,
    prepare: pinRefused('operator.disabled'),
  },
  {
    name: 'sign-in-expired',
    snapshot: aSnapshot(signedOut),
    answers: people,
    prepare: pinRefused('operator.expired'),
  },
  {
    name: 'sign-in-must-change',
    snapshot: aSnapshot(signedOut),
    answers: people,
    prepare: ({ signIn }) =>
      signIn.setState({
        flow: {
          step: 'new-pin',
          candidate,
          oldPin: '1234',
          pin: '25',
          first: null,
          problem: null,
          isChecking: false,
        },
      }),
  },
  {
    name: 'sign-in-not-open-yet',
    snapshot: aSnapshot({
      ...signedOut,
      selling: aSelling({
        state: 'created',
        salesStart: addMilliseconds(NOW, 42 * MINUTE),
        refusal: failure('raffle-event.not-open-yet', {
          salesStart: addMilliseconds(NOW, 42 * MINUTE),
        }),
      }),
      sync: aSync({ orderCount: 0, sentOrderCount: 0 }),
    }),
    answers: people,
  },
  {
    name: 'sign-in-open-ticket',
    snapshot: aSnapshot({
      ...signedOut,
      openTickets: [anOpenTicket()],
      printer: { unit: 'Printer 1', condition: 'paper-out', isReady: false },
      selling: aSelling({ refusal: failure('printer.not-ready') }),
    }),
    answers: people,
  },
  {
    name: 'sign-in-till-disabled',
    snapshot: aSnapshot({
      ...signedOut,
      selling: aSelling({ refusal: failure('terminal.disabled') }),
    }),
    answers: people,
  },
  {
    name: 'locked-with-cart',
    snapshot: aSnapshot({ ...locked, ...cart(line(2, 2), line(3, 1)) }),
  },
];

const SELL: readonly Scene[] = [
  { name: 'sell-empty', snapshot: aSnapshot() },
  { name: 'sell-demo', snapshot: aSnapshot(demo) },
  { name: 'sell-cart', snapshot: aSnapshot(cart(line(2, 2))) },
  {
    name: 'sell-cart-long',
    snapshot: aSnapshot({
      ...cart(line(1, 1), line(2, 2), line(3, 12), line(4, 30)),
      selling: aSelling({ tenders: ['cash', 'card'], minimumAge: 19 }),
    }),
  },
  {
    name: 'sell-six-packages',
    snapshot: aSnapshot({
      ...cart(line(5, 1)),
      selling: aSelling({
        packages: [...FOUR_TILES, aTile(5, 250, 60), { ...aTile(6, 500, 100), name: 'Suite pack' }],
      }),
    }),
  },
  {
    name: 'sell-nine-packages',
    snapshot: aSnapshot({
      ...cart(line(7, 3)),
      selling: aSelling({
        packages: [
          ...FOUR_TILES,
          aTile(5, 250, 60),
          { ...aTile(6, 500, 100), name: 'Suite pack' },
          { ...aTile(7, 1, 2), name: '1 number' },
          aTile(8, 600, 120),
          {
            ...aTile(9, 1000, 200),
            salesLeft: 0,
            refusal: failure('allocation.exhausted', { needed: 1000, left: 640 }),
          },
        ],
      }),
    }),
  },
  {
    name: 'sell-before-open',
    snapshot: aSnapshot({
      selling: aSelling({
        state: 'created',
        salesStart: addMilliseconds(NOW, 42 * MINUTE),
        refusal: failure('raffle-event.not-open-yet', {
          salesStart: addMilliseconds(NOW, 42 * MINUTE),
        }),
      }),
    }),
  },
  { name: 'sell-closing-10', snapshot: aSnapshot({ selling: closesIn(9.5 * MINUTE) }) },
  {
    name: 'sell-closing-5',
    snapshot: aSnapshot({ ...cart(line(2, 1)), selling: closesIn(4.2 * MINUTE) }),
  },
  {
    name: 'sell-closing-last-minute',
    snapshot: aSnapshot({ ...cart(line(3, 2), line(4, 1)), selling: closesIn(42_000) }),
  },
  {
    name: 'sell-suspended',
    snapshot: aSnapshot({
      ...cart(line(2, 1)),
      selling: aSelling({ state: 'suspended', refusal: failure('raffle-event.suspended') }),
    }),
  },
  {
    name: 'sell-disabled',
    snapshot: aSnapshot({ selling: aSelling({ refusal: failure('terminal.disabled') }) }),
  },
  {
    name: 'sell-comparing',
    snapshot: aSnapshot({ selling: aSelling({ refusal: failure('terminal.comparing-heads') }) }),
  },
  {
    name: 'sell-sending',
    snapshot: aSnapshot({
      sync: aSync({ sentOrderCount: 381, isAllSent: false, underReviewCount: 1 }),
      selling: aSelling({
        jackpot: { ...jackpotOf(aSelling()), knownAt: addMilliseconds(NOW, -14 * MINUTE) },
      }),
    }),
  },
  {
    name: 'sell-offline',
    snapshot: aSnapshot({ sync: offline(31, { isNearLimit: false, isAtLimit: false }) }),
  },
  {
    name: 'sell-offline-80',
    snapshot: aSnapshot({
      sync: offline(168, { isNearLimit: true, isAtLimit: false }),
      selling: aSelling({ jackpot: null }),
    }),
  },
  {
    name: 'sell-offline-100',
    snapshot: aSnapshot({
      sync: offline(200, { isNearLimit: true, isAtLimit: true }),
      selling: aSelling({ refusal: failure('offline.order-limit'), jackpot: null }),
    }),
  },
  {
    name: 'sell-low-numbers',
    snapshot: aSnapshot({
      selling: aSelling({
        isLowOnNumbers: true,
        salesLeft: 9,
        numbersLeft: 92,
        packages: FOUR_TILES.map((tile) =>
          tile.numberCount > 92
            ? { ...tile, salesLeft: 0, refusal: failure('allocation.exhausted') }
            : { ...tile, salesLeft: Math.floor(92 / tile.numberCount) },
        ),
      }),
    }),
  },
  {
    name: 'sell-no-numbers',
    snapshot: aSnapshot({
      selling: aSelling({
        isLowOnNumbers: true,
        salesLeft: 0,
        numbersLeft: 0,
        packages: FOUR_TILES.map((tile) => ({
          ...tile,
          salesLeft: 0,
          refusal: failure('allocation.exhausted'),
        })),
      }),
    }),
  },
  {
    name: 'sell-paper-low',
    snapshot: aSnapshot({ ...cart(line(2, 1)), ...faulty('paper-low', true) }),
  },
  {
    name: 'sell-paper-out',
    snapshot: aSnapshot({ ...cart(line(2, 1)), ...faulty('paper-out', false) }),
  },
  { name: 'sell-printer-lost', snapshot: aSnapshot(faulty('disconnected', false)) },
  {
    name: 'sell-parked',
    snapshot: aSnapshot({ openTickets: [anOpenTicket({ state: 'parked' })] }),
  },
  {
    name: 'sell-cart-refused',
    snapshot: aSnapshot(),
    prepare: ({ sale }) => sale.setState({ cartProblem: failure('checkout.too-large') }),
  },
];

const PAY: readonly Scene[] = [
  {
    name: 'cash-typing',
    snapshot: aSnapshot(cart(line(2, 2))),
    prepare: atFlow({ step: 'cash', digits: '60', problem: null }),
  },
  {
    name: 'cash-much-typed',
    snapshot: aSnapshot(cart(line(2, 2))),
    prepare: atFlow({ step: 'cash', digits: '9999999', problem: null }),
  },
  {
    name: 'cash-too-little',
    snapshot: aSnapshot(cart(line(2, 2))),
    prepare: atFlow({
      step: 'cash',
      digits: '',
      problem: failure('payment.too-little', { missingMinor: 1000, currency: 'CAD' }),
    }),
  },
  {
    name: 'cash-improbable',
    snapshot: aSnapshot(cart(line(2, 2))),
    prepare: atFlow({ step: 'confirm-amount', tendered: dollars(600) }),
  },
  {
    name: 'cash-saving',
    snapshot: aSnapshot(cart(line(2, 2))),
    prepare: atFlow({ step: 'saving', tendered: dollars(20) }),
  },
  { name: 'sold-change', snapshot: aSnapshot({ lastSale: aReceipt() }) },
  {
    name: 'sold-exact-printed',
    snapshot: aSnapshot({
      lastSale: aReceipt({
        tenderedMinor: dollars(20).minor,
        changeMinor: dollars(0).minor,
        tickets: aReceipt()
          .tickets.slice(0, 1)
          .map((ticket) => ({ ...ticket, state: 'printed' })),
      }),
    }),
  },
  {
    name: 'sold-long-change',
    snapshot: aSnapshot({
      lastSale: aReceipt({ changeMinor: money(118_750, CAD).minor }),
    }),
  },
  {
    name: 'not-sold',
    snapshot: aSnapshot(cart(line(2, 4))),
    prepare: atFlow({
      step: 'not-sold',
      failure: failure('sale.not-saved'),
      giveBack: dollars(40),
    }),
  },
];

const TICKETS: readonly Scene[] = [
  {
    name: 'ticket-question',
    snapshot: aSnapshot({ openTickets: [anOpenTicket()] }),
    answers: order,
  },
  {
    name: 'ticket-question-paper-out',
    snapshot: aSnapshot({
      openTickets: [anOpenTicket({ isProvenUnsent: true })],
      lastSale: aReceipt(),
      ...faulty('paper-out', false),
    }),
    answers: order,
  },
  {
    name: 'ticket-last-tickets',
    snapshot: aSnapshot({ lastSale: aReceipt() }),
    prepare: atPage({ kind: 'last-tickets' }),
  },
  {
    name: 'ticket-parked-list',
    snapshot: aSnapshot({
      openTickets: [
        anOpenTicket({ state: 'parked' }),
        anOpenTicket({ state: 'parked', printJobId: idOf(sampleId(33)) }),
      ],
    }),
    prepare: atPage({ kind: 'parked-tickets' }),
  },
  {
    name: 'ticket-parked-none',
    snapshot: aSnapshot(),
    prepare: atPage({ kind: 'parked-tickets' }),
  },
];

const ORDERS: readonly Scene[] = [
  {
    name: 'orders-list',
    snapshot: aSnapshot(),
    answers: ordersOnPage,
    prepare: atPage({ kind: 'orders', search: '' }),
  },
  {
    name: 'orders-empty',
    snapshot: aSnapshot(),
    answers: { 'order.list': ok({ orders: [], nextCursor: null }) },
    prepare: atPage({ kind: 'orders', search: '' }),
  },
  {
    name: 'orders-not-found',
    snapshot: aSnapshot(),
    answers: { 'order.list': ok({ orders: [], nextCursor: null }) },
    prepare: atPage({ kind: 'orders', search: '999' }),
  },
  {
    name: 'order-details',
    snapshot: aSnapshot(),
    answers: order,
    prepare: atPage({ kind: 'order', orderId, from: { search: '' } }),
  },
  {
    name: 'order-under-review',
    snapshot: aSnapshot(),
    answers: {
      'order.show': ok(
        orderDetails({
          standing: 'under-review',
          reviewReason: 'Sold after the raffle was closed',
          reprintCount: 2,
        }),
      ),
    },
    prepare: atPage({ kind: 'order', orderId, from: { search: '' } }),
  },
  {
    name: 'order-reprint-reason',
    snapshot: aSnapshot(),
    answers: order,
    prepare: atPage({ kind: 'order', orderId, from: { search: '' } }),
    press: ['Reprint'],
  },
  {
    name: 'order-reprint-approval',
    snapshot: aSnapshot(),
    answers: {
      ...order,
      'ticket.reprint': refuse(failure('reprint.not-allowed', { cause: 'approval' })),
    },
    prepare: atPage({ kind: 'order', orderId, from: { search: '' } }),
    press: ['Reprint', 'Torn or cut badly'],
  },
  {
    name: 'order-reprint-pin',
    snapshot: aSnapshot(),
    answers: {
      ...order,
      'ticket.reprint': refuse(failure('reprint.not-allowed', { cause: 'approval' })),
    },
    prepare: atPage({ kind: 'order', orderId, from: { search: '' } }),
    press: ['Reprint', 'Torn or cut badly', 'Sam Whitfield Supervisor'],
  },
];

const OTHER: readonly Scene[] = [
  { name: 'closed-all-sent', snapshot: ended(aSync(), signedOut), answers: people },
  {
    name: 'closed-still-here',
    snapshot: ended(aSync({ sentOrderCount: 381, isAllSent: false, underReviewCount: 1 }), locked),
  },
  { name: 'closed-signed-in', snapshot: ended(aSync(), {}) },
  {
    name: 'status-page',
    snapshot: aSnapshot({ sync: offline(31, { isNearLimit: false, isAtLimit: false }) }),
    prepare: atPage({ kind: 'status' }),
  },
  { name: 'help-selling', snapshot: aSnapshot(cart(line(2, 2))), press: ['Help'] },
  { name: 'help-sign-in', snapshot: aSnapshot(signedOut), answers: people, press: ['Help'] },
];

/** Every state of every screen. */
export const SCENES: readonly Scene[] = [
  ...START,
  ...SIGN_IN,
  ...SELL,
  ...PAY,
  ...TICKETS,
  ...ORDERS,
  ...OTHER,
];

function jackpotOf({ jackpot }: ReturnType<typeof aSelling>) {
  return jackpot as NonNullable<typeof jackpot>;
}
