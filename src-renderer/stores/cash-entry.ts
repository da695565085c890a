import type { Selling } from '#shared/contract/terminal/snapshot.ts';
import { currencyExponent, type Money, money } from '#shared/kernel/money.ts';
import { currencyOf } from './selling-currency.ts';

/** Whether the cash keypad takes whole units: it does where every price is one. */
function takesWholeUnits(selling: Selling): boolean {
  const minorPerUnit = minorPerUnitOf(selling);
  return selling.packages.every(({ price }) => price.minor % minorPerUnit === 0);
}

/** The amount that typed digits stand for; null before the first digit. */
export function typedAmount(digits: string, selling: Selling): Money | null {
  if (digits === '') return null;
  const factor = takesWholeUnits(selling) ? minorPerUnitOf(selling) : 1;
  return money(Number(digits) * factor, currencyOf(selling));
}

function minorPerUnitOf(selling: Selling): number {
  return 10 ** currencyExponent(currencyOf(selling));
}
