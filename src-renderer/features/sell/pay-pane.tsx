import type { ReactNode } from 'react';
import { useSale } from '../../stores/store-context.tsx';
import { CartPane } from './cart-pane.tsx';
import { CashPane } from './cash-pane.tsx';
import { ConfirmAmountPane } from './confirm-amount-pane.tsx';
import { NotSoldPane } from './not-sold-pane.tsx';
import type { PanelLayout } from './panel-layout.ts';
import { SavingPane } from './saving-pane.tsx';
import { SoldPane } from './sold-pane.tsx';

/** Cart and payment, and then their result, always in the same place. */
export function PayPane(props: { readonly cartRows: PanelLayout['cartRows'] }): ReactNode {
  const { flow } = useSale();
  switch (flow.step) {
    case 'cart':
      return <CartPane cartRows={props.cartRows} />;
    case 'cash':
      return <CashPane flow={flow} />;
    case 'confirm-amount':
      return <ConfirmAmountPane tendered={flow.tendered} />;
    case 'saving':
      return <SavingPane />;
    case 'sold':
      return <SoldPane receipt={flow.receipt} />;
    case 'not-sold':
      return <NotSoldPane flow={flow} />;
  }
}
