import { type Failure, failure } from '#shared/contract/failures.ts';
import type { JurisdictionProfile } from '#shared/contract/mirror/jurisdiction-profile.ts';
import { changeFor, isImprobable, roundToCash } from '#shared/domain/cash.ts';
import { type MinorUnits, type Money, minorUnits } from '#shared/kernel/money.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/** How a cash payment comes out, in minor units. */
export interface CashSettlement {
  /** What stays in the drawer: the total after cash rounding. */
  readonly payableMinor: MinorUnits;
  /** What was paid less the total; may be negative. */
  readonly roundingMinor: MinorUnits;
  readonly tenderedMinor: MinorUnits;
  readonly changeMinor: MinorUnits;
}

/**
 * Settles a total in cash. `tenderedMinor` is null for the exact amount.
 *
 * Refuses with `payment.tender-not-allowed`, `payment.too-little`, and once with
 * `payment.improbable` for an amount that is probably a typing error.
 */
export function settleCash(
  total: Money,
  payment: { readonly tenderedMinor: MinorUnits | null; readonly isConfirmed: boolean },
  profile: Pick<JurisdictionProfile, 'tenders' | 'cashRoundingMinor' | 'noteDenominationsMinor'>,
): Result<CashSettlement, Failure> {
  if (!profile.tenders.includes('cash')) {
    return refuse(failure('payment.tender-not-allowed', { tender: 'cash' }));
  }
  const payableMinor = roundToCash(total.minor, profile.cashRoundingMinor);
  const tenderedMinor = payment.tenderedMinor ?? payableMinor;
  const changeMinor = changeFor(payableMinor, tenderedMinor);
  const amounts = { payableMinor, tenderedMinor, currency: total.currency };
  if (changeMinor === undefined) {
    const missingMinor = payableMinor - tenderedMinor;
    return refuse(failure('payment.too-little', { ...amounts, missingMinor }));
  }
  const largestNote = Math.max(...profile.noteDenominationsMinor);
  if (!payment.isConfirmed && isImprobable(payableMinor, tenderedMinor, largestNote)) {
    return refuse(failure('payment.improbable', { ...amounts, changeMinor }));
  }
  const roundingMinor = minorUnits(payableMinor - total.minor);
  return ok({ payableMinor, roundingMinor, tenderedMinor, changeMinor });
}
