import { ArrowLeft, Printer, Ticket } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { OrderDetails } from '#shared/contract/terminal/orders.ts';
import type { OrderId } from '#shared/kernel/ids.ts';
import { BackButton } from '../../components/back-button.tsx';
import { Button } from '../../components/button.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Screen } from '../../components/screen.tsx';
import { TicketPaper } from '../../components/ticket-paper.tsx';
import { type OrderOrigin, pageBefore } from '../../stores/navigation-store.ts';
import { useSnapshot } from '../../stores/store-context.tsx';
import { useOperation } from '../../stores/use-operation.ts';
import { GUIDES } from '../../text/guides.ts';
import { PrinterCallout } from '../tickets/printer-callout.tsx';
import { OrderFacts } from './order-facts.tsx';
import { ReprintForm } from './reprint-form.tsx';

/** One sale: its ticket as it was printed, what is known of it, and the reprint. */
export function OrderScreen(props: {
  readonly orderId: OrderId;
  readonly from: OrderOrigin;
}): ReactNode {
  const { orderId, from } = props;
  const { revision, session } = useSnapshot();
  const { call, run } = useOperation('order.show');
  const [order, setOrder] = useState<OrderDetails | null>(null);
  const [isReprinting, setIsReprinting] = useState(false);
  const askAnew = useEffectEvent(async (_revision: number) => {
    const answer = await run({ orderId });
    if (answer.ok) setOrder(answer.value);
  });
  useEffect(() => void askAnew(revision), [revision]);
  const maySell = session.kind === 'active' && session.role !== 'technician';
  return (
    <Screen
      title={isReprinting ? 'Reprint' : 'Order'}
      icon={Ticket}
      guide={GUIDES.order}
      isForReading
      actions={
        <>
          {isReprinting ? (
            <Button control="back" icon={ArrowLeft} onPress={() => setIsReprinting(false)}>
              Back
            </Button>
          ) : (
            <BackButton page={pageBefore(from)} />
          )}
          {maySell && order !== null && !isReprinting ? (
            <Button
              control="order.reprint"
              icon={Printer}
              look={order.ticket.state === 'parked' ? 'primary' : 'plain'}
              onPress={() => setIsReprinting(true)}
            >
              Reprint
            </Button>
          ) : null}
        </>
      }
    >
      {call.state === 'refused' ? <FailureNotice failure={call.failure} /> : null}
      {order === null ? null : (
        <div className="order">
          <TicketPaper elements={order.document.elements} />
          <div className="order-side">
            <PrinterCallout />
            {isReprinting ? (
              <ReprintForm orderId={orderId} onOrdered={() => setIsReprinting(false)} />
            ) : (
              <OrderFacts order={order} />
            )}
          </div>
        </div>
      )}
    </Screen>
  );
}
