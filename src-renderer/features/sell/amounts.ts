import type { CheckoutLine, Selling } from '#shared/contract/terminal/snapshot.ts';
import { changeFor, quickTenders, roundToCash } from '#shared/domain/cash.ts';
import { type Money, money } from '#shared/kernel/money.ts';
import { cartTotal } from '../../stores/cart.ts';
import { currencyOf } from '../../stores/selling-currency.ts';

/** What a cart costs, and what customers are likely to hand over for it. */
export interface Amounts {
  readonly total: Money;
  /** The total as it is paid in cash, where the smallest coins are gone. */
  readonly inCash: Money;
  readonly notes: readonly Money[];
}

/** The amounts of a cart. An empty one costs nothing, and has no notes. */
export function amountsOf(lines: readonly CheckoutLine[], selling: Selling): Amounts {
  const currency = currencyOf(selling);
  const total = cartTotal(lines, selling.packages, currency);
  const inCash = roundToCash(total.minor, selling.cashRoundingMinor);
  const notes =
    total.minor === 0 || selling.noteDenominationsMinor.length === 0
      ? []
      : quickTenders(inCash, selling.noteDenominationsMinor);
  return {
    total,
    inCash: money(inCash, currency),
    notes: notes.map((minor) => money(minor, currency)),
  };
}

/** What to give back of `tendered`; null if it is too little. */
export function changeOf({ inCash }: Amounts, tendered: Money): Money | null {
  const change = changeFor(inCash.minor, tendered.minor);
  return change === undefined ? null : money(change, inCash.currency);
}
