import { Ban, Pointer } from 'lucide-react';
import type { ReactNode } from 'react';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useSale, useSnapshot } from '../../stores/store-context.tsx';
import { CartLines } from './cart-lines.tsx';
import type { PanelLayout } from './panel-layout.ts';
import { PayBlock } from './pay-block.tsx';
import { TotalRow } from './total-row.tsx';
import { useCartPage } from './use-cart-page.ts';

/** What the customer wants, what it costs, and the ways to pay. */
export function CartPane(props: { readonly cartRows: PanelLayout['cartRows'] }): ReactNode {
  const { lines, cartProblem } = useSale();
  const page = useCartPage(lines, props.cartRows);
  return (
    <section className="pay-pane" aria-label="Payment">
      <div className="cart">
        {cartProblem === null ? null : <FailureNotice failure={cartProblem} />}
        {lines.length === 0 && cartProblem === null ? (
          <EmptyCart />
        ) : (
          <CartLines lines={page.lines} />
        )}
      </div>
      <TotalRow page={page} />
      <PayBlock />
    </section>
  );
}

/** What to do first; where nothing can be sold, the strip above the packages says why. */
function EmptyCart(): ReactNode {
  const { selling } = useSnapshot();
  const isOpen =
    selling?.refusal === null && selling.packages.some(({ refusal }) => refusal === null);
  const Icon = isOpen ? Pointer : Ban;
  return (
    <p className="cart-empty">
      <Icon aria-hidden="true" />
      {isOpen ? 'Tap a package to start' : 'No sales at the moment'}
    </p>
  );
}
