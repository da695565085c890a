import { type Failure, failure } from '#shared/contract/failures.ts';
import type { RaffleEvent, TicketPackage } from '#shared/contract/mirror/raffle-event.ts';
import type { CheckoutLine } from '#shared/contract/terminal/snapshot.ts';
import type { Money } from '#shared/kernel/money.ts';
import { sumMoney } from '#shared/kernel/money.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** The most tickets of one checkout: what one journal entry holds. */
const MOST_ORDERS = 50;

/** A cart with its prices: one order for each package unit. */
export interface PricedCart {
  readonly packages: readonly TicketPackage[];
  readonly total: Money;
}

/**
 * Prices a cart by the raffle event's own packages.
 *
 * Refuses with `package.unknown` and with `checkout.too-large` beyond `MOST_ORDERS` tickets.
 */
export function priceCart(
  { packages, currency }: Pick<RaffleEvent, 'packages' | 'currency'>,
  lines: readonly CheckoutLine[],
): Result<PricedCart, Failure> {
  const units: TicketPackage[] = [];
  for (const { packageId, quantity } of lines) {
    const ticketPackage = packages.find((known) => known.packageId === packageId);
    if (ticketPackage === undefined) return refuse(failure('package.unknown', { packageId }));
    units.push(...Array.from({ length: quantity }, () => ticketPackage));
  }
  if (units.length > MOST_ORDERS) {
    return refuse(failure('checkout.too-large', { orders: units.length, maximum: MOST_ORDERS }));
  }
  return ok({
    packages: units,
    total: sumMoney(
      units.map(({ price }) => price),
      currency,
    ),
  });
}

/** A cart with one line a package, in the order in which each first came. */
export function mergeLines(lines: readonly CheckoutLine[]): CheckoutLine[] {
  const merged = new Map<CheckoutLine['packageId'], CheckoutLine>();
  for (const line of lines) {
    const quantity = (merged.get(line.packageId)?.quantity ?? 0) + line.quantity;
    merged.set(line.packageId, { packageId: line.packageId, quantity });
  }
  return [...merged.values()];
}
