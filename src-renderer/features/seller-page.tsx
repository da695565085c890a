import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useSale, useSnapshot, useStores } from '../stores/store-context.tsx';
import { OrderScreen } from './orders/order-screen.tsx';
import { OrdersScreen } from './orders/orders-screen.tsx';
import { SellScreen } from './sell/sell-screen.tsx';
import { DidItPrintScreen } from './tickets/did-it-print-screen.tsx';
import { LastTicketsScreen } from './tickets/last-tickets-screen.tsx';
import { ParkedTicketsScreen } from './tickets/parked-tickets-screen.tsx';

/** What a signed-in person sees. A question about paper comes before everything but a payment. */
export function SellerPage(): ReactNode {
  const page = useStore(useStores().navigation, (state) => state.page);
  const { openTickets } = useSnapshot();
  const { flow } = useSale();
  const question = openTickets.find(({ state }) => state === 'in-question');
  if (question !== undefined && (flow.step === 'cart' || flow.step === 'sold')) {
    return <DidItPrintScreen key={question.printJobId} ticket={question} />;
  }
  switch (page.kind) {
    case 'orders':
      return <OrdersScreen search={page.search} />;
    case 'order':
      return <OrderScreen key={page.orderId} orderId={page.orderId} from={page.from} />;
    case 'last-tickets':
      return <LastTicketsScreen />;
    case 'parked-tickets':
      return <ParkedTicketsScreen />;
    case 'sell':
    case 'sign-in':
    case 'status':
      return <SellScreen />;
  }
}
