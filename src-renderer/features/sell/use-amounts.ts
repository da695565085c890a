import { invariant } from '#shared/kernel/invariant.ts';
import { useSale, useSnapshot } from '../../stores/store-context.tsx';
import { type Amounts, amountsOf } from './amounts.ts';

/** The amounts of the cart as it is now. */
export function useAmounts(): Amounts {
  const { lines } = useSale();
  const { selling } = useSnapshot();
  invariant(selling, 'selling without a raffle event');
  return amountsOf(lines, selling);
}
