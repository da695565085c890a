import { useState } from 'react';
import type { CheckoutLine } from '#shared/contract/terminal/snapshot.ts';

/** The lines of a cart that are in sight. */
export interface CartPage {
  readonly lines: readonly CheckoutLine[];
  /** Places of the first and last line in sight, from 1. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly showNext: () => void;
}

/**
 * Which lines of the cart are in sight, `rows` at a time and never fewer while there are more. A new
 * line turns to the end, so that what was tapped last is in sight.
 */
export function useCartPage(lines: readonly CheckoutLine[], rows: number): CartPage {
  const pageCount = Math.max(1, Math.ceil(lines.length / rows));
  const [turned, setTurned] = useState({ forCount: lines.length, page: pageCount - 1 });
  const wanted = turned.forCount === lines.length ? turned.page : pageCount - 1;
  const page = Math.min(wanted, pageCount - 1);
  const start = Math.min(page * rows, Math.max(0, lines.length - rows));
  return {
    lines: lines.slice(start, start + rows),
    first: start + 1,
    last: Math.min(start + rows, lines.length),
    count: lines.length,
    showNext: () => setTurned({ forCount: lines.length, page: (page + 1) % pageCount }),
  };
}
