import { ArrowLeft, CircleCheck, TicketX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { MoneyText } from '../../components/money-text.tsx';
import { Screen } from '../../components/screen.tsx';
import { useSnapshot, useStores } from '../../stores/store-context.tsx';
import { useTimeZone } from '../../stores/use-time-zone.ts';
import { formatValidation } from '../../text/format-numbers.ts';
import { formatTimeOfDay } from '../../text/format-time.ts';
import { GUIDES } from '../../text/guides.ts';

/** Tickets that were set aside and wait for a reprint. */
export function ParkedTicketsScreen(): ReactNode {
  const { navigation } = useStores();
  const timeZone = useTimeZone();
  const parked = useSnapshot().openTickets.filter(({ state }) => state === 'parked');
  return (
    <Screen
      title="Tickets set aside"
      icon={TicketX}
      guide={GUIDES.parkedTickets}
      actions={
        <Button
          control="back"
          icon={ArrowLeft}
          onPress={() => navigation.setState({ page: { kind: 'sell' } })}
        >
          Back
        </Button>
      }
    >
      {parked.length === 0 ? (
        <div className="screen-centre" role="status">
          <CircleCheck className="screen-spinner" aria-hidden="true" />
          <p className="screen-lead">All tickets are settled.</p>
        </div>
      ) : (
        <div className="choices">
          {parked.map((ticket) => (
            <Button
              key={ticket.printJobId}
              control="order.open"
              className="choice"
              onPress={() =>
                navigation.setState({
                  page: { kind: 'order', orderId: ticket.orderId, from: 'parked-tickets' },
                })
              }
            >
              <span className="choice-title">
                {ticket.packageName} <MoneyText amount={ticket.amount} />
              </span>
              <span className="choice-facts">
                {formatValidation(ticket.validationNumber)} · sold at{' '}
                {formatTimeOfDay(ticket.soldAt, timeZone)}
              </span>
            </Button>
          ))}
        </div>
      )}
    </Screen>
  );
}
