import type { Selling } from '#shared/contract/terminal/snapshot.ts';
import { mayChangeCart } from '../../stores/sale-flow.ts';
import type { SaleState } from '../../stores/sale-store.ts';

/** Whether "repeat last" can fill the cart: there was a sale, and all of its packages can be sold. */
export function canRepeat({ flow, lastLines }: SaleState, selling: Selling | null): boolean {
  if (!mayChangeCart(flow) || lastLines.length === 0 || selling?.refusal !== null) return false;
  return lastLines.every(({ packageId }) =>
    selling.packages.some((tile) => tile.packageId === packageId && tile.refusal === null),
  );
}
