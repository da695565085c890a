import { invariant } from '#shared/kernel/invariant.ts';
import { type MinorUnits, minorUnits } from '#shared/kernel/money.ts';

/**
 * What a customer pays in cash where the smallest coins are gone: `total` to the nearest multiple
 * of `step`. Exactly between two multiples the customer pays the lower one.
 */
export function roundToCash(total: MinorUnits, step: number): MinorUnits {
  invariant(Number.isSafeInteger(step) && step > 0, `not a cash step: ${step}`);
  const over = total % step;
  return minorUnits(over * 2 > step ? total - over + step : total - over);
}

/** What to give back; `undefined` if `tendered` does not cover `total`. */
export function changeFor(total: MinorUnits, tendered: MinorUnits): MinorUnits | undefined {
  return tendered < total ? undefined : minorUnits(tendered - total);
}

/**
 * The two amounts above `total` that a customer is likeliest to hand over, ascending.
 *
 * These are the next two banknotes. Where the total is more than all but one banknote, they are the
 * nearest amounts that several notes of one kind make, the largest kinds first.
 */
export function quickTenders(total: MinorUnits, notes: readonly number[]): MinorUnits[] {
  const ascending = [...notes].sort((left, right) => left - right);
  const largest = ascending.at(-1);
  invariant(largest !== undefined && largest > 0, 'no banknotes to choose from');
  const bundles = ascending.toReversed().map((note) => Math.ceil(total / note) * note);
  const largestBundle = Math.ceil(total / largest) * largest;
  const notesMore = [largestBundle + largest, largestBundle + 2 * largest];
  const candidates = [...ascending, ...bundles, ...notesMore].filter((amount) => amount > total);
  const likeliest = [...new Set(candidates)].slice(0, 2);
  return likeliest.sort((left, right) => left - right).map(minorUnits);
}

/**
 * Whether `tendered` is so much that it is probably a typing error: more than twice the total plus
 * the largest banknote. The till asks once before it takes such an amount.
 */
export function isImprobable(
  total: MinorUnits,
  tendered: MinorUnits,
  largestNote: number,
): boolean {
  return tendered > total * 2 + largestNote;
}
