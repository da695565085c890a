import type { CheckoutId } from '#shared/kernel/ids.ts';

/** The sale whose result the screen still shows: until the next customer, seller or restart. */
export interface LastSale {
  current(): CheckoutId | undefined;
  show(checkoutId: CheckoutId): void;
  clear(): void;
}

/** Nothing sold yet. */
export function createLastSale(): LastSale {
  let current: CheckoutId | undefined;
  return {
    current: () => current,
    show(checkoutId) {
      current = checkoutId;
    },
    clear() {
      current = undefined;
    },
  };
}
