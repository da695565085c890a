import type { SaleFlow } from '../../stores/sale-flow.ts';

const PATTERNS: Partial<Readonly<Record<SaleFlow['step'], readonly number[]>>> = {
  sold: [80],
  'not-sold': [200, 100, 200, 100, 200],
};

/** Lets the hand feel the result of a sale, on panels that can vibrate. Browsers allow it after the first tap. */
export function vibrateFor(step: SaleFlow['step']): void {
  const pattern = PATTERNS[step];
  if (pattern === undefined || !('vibrate' in navigator)) return;
  if (navigator.userActivation.hasBeenActive) navigator.vibrate([...pattern]);
}
