import type { OrderSummary } from '#shared/contract/terminal/orders.ts';

/** How far an order has got on its way to the raffle office, in words. */
export const STANDING_WORDS = {
  saved: 'Saved here',
  sent: 'Sent',
  'under-review': 'Under review',
} as const satisfies Readonly<Record<OrderSummary['standing'], string>>;
