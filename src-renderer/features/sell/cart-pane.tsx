import { Pointer } from 'lucide-react';
import type { ReactNode } from 'react';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { useSale } from '../../stores/store-context.tsx';
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
          <p className="cart-empty">
            <Pointer aria-hidden="true" />
            Tap a package to start
          </p>
        ) : (
          <CartLines lines={page.lines} />
        )}
      </div>
      <TotalRow page={page} />
      <PayBlock />
    </section>
  );
}
