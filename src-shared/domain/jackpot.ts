import { invariant } from '#shared/kernel/invariant.ts';
import { compareMoney, type Money, money } from '#shared/kernel/money.ts';

/** How a prize grows: not at all, or with ticket sales up to a cap (GLI-31 2.2.1). */
export type PrizeAward =
  | { readonly kind: 'fixed'; readonly value: Money }
  | {
      readonly kind: 'percentage';
      /** 5000 is half of the sales. */
      readonly hundredthsOfPercent: number;
      /** Null if there is no cap. */
      readonly cap: Money | null;
    };

/**
 * What a prize is worth when tickets for `gross` have been sold: a share is rounded down to a whole
 * minor unit, so that the shares of several prizes never add up to more than was sold.
 *
 * Throws if prize and sales are in two currencies.
 */
export function prizeOf(gross: Money, award: PrizeAward): Money {
  if (award.kind === 'fixed') return award.value;
  const share = shareOf(gross, award.hundredthsOfPercent);
  if (award.cap === null) return share;
  return compareMoney(share, award.cap) > 0 ? award.cap : share;
}

/** Exact for every amount that money allows, where a product of two numbers would not be. */
function shareOf(gross: Money, hundredthsOfPercent: number): Money {
  invariant(gross.minor >= 0, `sales below nothing: ${gross.minor}`);
  const share = (BigInt(gross.minor) * BigInt(hundredthsOfPercent)) / 10_000n;
  return money(Number(share), gross.currency);
}
