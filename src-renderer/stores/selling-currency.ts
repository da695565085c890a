import type { Selling } from '#shared/contract/terminal/snapshot.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { CurrencyCode } from '#shared/kernel/money.ts';

/** The currency in which a raffle event is sold: that of its packages, of which it has at least one. */
export function currencyOf(selling: Selling): CurrencyCode {
  const first = selling.packages[0];
  invariant(first, 'a raffle event without packages');
  return first.price.currency;
}
