import { CircleCheck, TicketX } from 'lucide-react';
import type { ReactNode } from 'react';
import { BackButton } from '../../components/back-button.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { OrderChoice } from '../../components/order-choice.tsx';
import { Screen } from '../../components/screen.tsx';
import { useSnapshot } from '../../stores/store-context.tsx';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { formatValidation } from '../../text/format-numbers.ts';
import { formatTimeOfDay } from '../../text/format-time.ts';
import { GUIDES } from '../../text/guides.ts';

/** Tickets that were set aside and wait for a reprint. */
export function ParkedTicketsScreen(): ReactNode {
  const timeZone = useTimeZone();
  const parked = useSnapshot().openTickets.filter(({ state }) => state === 'parked');
  return (
    <Screen
      title="Tickets set aside"
      icon={TicketX}
      guide={GUIDES.parkedTickets}
      actions={<BackButton page={{ kind: 'sell' }} />}
    >
      {parked.length === 0 ? (
        <div className="screen-centre" role="status">
          <CircleCheck className="screen-spinner" aria-hidden="true" />
          <p className="screen-lead">All tickets are settled.</p>
        </div>
      ) : (
        <div className="choices">
          {parked.map((ticket) => (
            <OrderChoice
              key={ticket.printJobId}
              orderId={ticket.orderId}
              from="parked-tickets"
              title={
                <>
                  {ticket.packageName} <MoneyText amount={ticket.amount} />
                </>
              }
              facts={`${formatValidation(ticket.validationNumber)} · sold at ${formatTimeOfDay(ticket.soldAt, timeZone)}`}
            />
          ))}
        </div>
      )}
    </Screen>
  );
}
