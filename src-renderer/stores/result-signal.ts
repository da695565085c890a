import type { SaleFlow } from './sale-flow.ts';

/** How a sale ended. */
export type SaleResult = 'sold' | 'not-sold';

/**
 * The result to let somebody hear and feel when a sale has moved from `before` to `now`; null if this
 * was not the end of one. A result that is only shown again, after a look at the orders or a reload, is
 * no news.
 */
export function resultToSignal(before: SaleFlow['step'], now: SaleFlow['step']): SaleResult | null {
  if (before !== 'saving') return null;
  return now === 'sold' || now === 'not-sold' ? now : null;
}
