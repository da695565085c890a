import type { IdSource } from '#main/ports/randomness.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { SaleCompleted, SoldOrder } from '#shared/contract/journal/sale-entries.ts';
import type { RaffleEvent, TicketPackage } from '#shared/contract/mirror/raffle-event.ts';
import type { OperationInput } from '#shared/contract/terminal/operations.ts';
import { hashFields, type Sha256 } from '#shared/kernel/hash.ts';
import type { OrderId, PaymentId, PrintJobId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { canonicalJson } from '#shared/kernel/json.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { NumberSource, OrderNumbers } from './number-source.ts';
import { mergeLines, type PricedCart, priceCart } from './price-cart.ts';
import { type CashSettlement, settleCash } from './settle-cash.ts';

/** What a screen asks to be sold. */
export type SaleRequest = OperationInput<'sale.complete'>;

/** What makes the same checkout another one: all that was asked for, but not how often. */
export function contentHashOf({ lines, expectedTotalMinor, payment }: SaleRequest): Sha256 {
  const content = {
    lines: mergeLines(lines).map((line) => ({ ...line })),
    expectedTotalMinor,
    tender: payment.tender,
    tenderedMinor: payment.tenderedMinor,
  };
  return hashFields('counterfoil.checkout.1', canonicalJson(content));
}

/** A sale that may be made: its prices agreed and its payment settled. Numbers come last. */
export interface AgreedSale {
  readonly cart: PricedCart;
  readonly cash: CashSettlement;
}

/**
 * Prices a request and settles its payment.
 *
 * Refuses like `priceCart` and `settleCash`, and with `checkout.total-changed` when the screen showed
 * another total than the till counts.
 */
export function agreeSale(
  raffleEvent: RaffleEvent,
  { lines, expectedTotalMinor, payment }: SaleRequest,
): Result<AgreedSale, Failure> {
  const cart = priceCart(raffleEvent, lines);
  if (!cart.ok) return cart;
  const { total } = cart.value;
  if (total.minor !== expectedTotalMinor) {
    const { minor: totalMinor, currency } = total;
    return refuse(failure('checkout.total-changed', { totalMinor, currency }));
  }
  const cash = settleCash(total, payment, raffleEvent.profile);
  return cash.ok ? ok({ cart: cart.value, cash: cash.value }) : cash;
}

/** What writing down a sale takes besides the sale itself. */
export interface SalePlanning {
  readonly rows: TerminalRows;
  readonly numberSource: NumberSource;
  readonly ids: IdSource;
  readonly isOffline: boolean;
}

/** The fact of a sale, ready to be journaled. Refuses when the numbers at hand do not suffice. */
export function planSale(
  { rows, numberSource, ids, isOffline }: SalePlanning,
  raffleEvent: RaffleEvent,
  request: SaleRequest,
  { cart, cash }: AgreedSale,
): Result<SaleCompleted, Failure> {
  const counts = cart.packages.map(({ numberCount }) => numberCount);
  const numbers = numberSource.next(rows, raffleEvent.raffleEventId, counts);
  if (!numbers.ok) return numbers;
  const before = rows.totals();
  return ok({
    checkoutId: request.checkoutId,
    contentHash: contentHashOf(request),
    raffleEventId: raffleEvent.raffleEventId,
    shiftId: null,
    currency: cart.total.currency,
    totalMinor: cart.total.minor,
    roundingMinor: cash.roundingMinor,
    orders: cart.packages.map((sold, index) => orderOf(sold, numbers.value[index], ids)),
    payments: [
      {
        paymentId: ids.next<PaymentId>(),
        tender: 'cash',
        amountMinor: cash.payableMinor,
        tenderedMinor: cash.tenderedMinor,
        changeMinor: cash.changeMinor,
      },
    ],
    isOffline,
    runningTotals: {
      orderCount: before.orderCount + cart.packages.length,
      grossMinor: before.grossMinor + cart.total.minor,
    },
  });
}

function orderOf(
  { packageId, name, price, numberCount }: TicketPackage,
  numbers: OrderNumbers | undefined,
  ids: IdSource,
): SoldOrder {
  invariant(numbers !== undefined, 'every order has its numbers');
  return {
    orderId: ids.next<OrderId>(),
    packageId,
    packageName: name,
    amountMinor: price.minor,
    numberCount,
    ...numbers,
    printJobId: ids.next<PrintJobId>(),
  };
}
