import type { OrderDetails, OrderSummary } from '#shared/contract/terminal/orders.ts';
import { composeTicket } from '#shared/domain/compose-ticket.ts';
import { idOf, type OrderId, type PrintJobId } from '#shared/kernel/ids.ts';
import { addMilliseconds } from '#shared/kernel/instant.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';
import { NOW, sampleId } from './sample-snapshot.ts';

const CAD = 'CAD' as CurrencyCode;

/** The `place`-th newest order of the evening, with some things different. */
export function anOrder(place: number, changes: Partial<OrderSummary> = {}): OrderSummary {
  return {
    orderId: idOf<OrderId>(sampleId(40 + place)),
    checkoutId: idOf(sampleId(20 + place)),
    validationNumber: `10048203917526${String(4784 + place * 37)}`,
    packageName: '10 numbers',
    numberCount: 10,
    firstDrawNumber: 41_320 - place * 10,
    amount: money(1000, CAD),
    soldAt: addMilliseconds(NOW, -place * 48_000),
    sellerName: 'Alex Morgan',
    standing: 'sent',
    ticket: {
      printJobId: idOf<PrintJobId>(sampleId(30 + place)),
      orderId: idOf<OrderId>(sampleId(40 + place)),
      state: 'printed',
    },
    reprintCount: 0,
    ...changes,
  };
}

/** The details of the first order, with its ticket as the till composes it. */
export function orderDetails(changes: Partial<OrderDetails> = {}): OrderDetails {
  const order = anOrder(1);
  return {
    ...order,
    drawNumbers: [{ first: 41_310, last: 41_319 }],
    reviewReason: null,
    document: composeTicket({
      organisation: { name: 'Harbour Youth Foundation', licenceNumber: 'BC-118204' },
      venue: { name: 'Harbour Arena', timeZone: 'America/Vancouver' },
      raffleEvent: {
        name: 'Harbour Hawks 50/50',
        eventIdentifier: 'HH-2026-11-21',
        licenceNumber: null,
        drawAt: addMilliseconds(NOW, 3_600_000),
        numberSpace: { from: 0, to: 1_000_000 },
        profile: {
          ticket: {
            statements: ['Need not be present to win.', 'Must be 19 or older to buy.'],
            listsEachNumber: false,
            claimDays: 90,
            website: 'harbour-youth.example/5050',
            contact: '604 555 0139',
          },
        },
      },
      rsu: { name: 'Till 07' },
      seller: { number: '12' },
      order: {
        packageName: order.packageName,
        amount: order.amount,
        soldAt: order.soldAt,
        drawNumbers: Array.from({ length: 10 }, (_, index) => 41_310 + index),
        validationNumber: order.validationNumber,
      },
      validity: 'valid',
      copyNumber: 0,
    }),
    ...changes,
  };
}
