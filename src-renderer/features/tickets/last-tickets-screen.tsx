import { ArrowLeft, TicketX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Screen } from '../../components/screen.tsx';
import { useSale, useStores } from '../../stores/store-context.tsx';
import { GUIDES } from '../../text/guides.ts';
import { TICKET_WORDS } from '../../text/ticket-words.ts';

/** The tickets of the last sale, to say which one is no good. */
export function LastTicketsScreen(): ReactNode {
  const { navigation } = useStores();
  const { flow } = useSale();
  const tickets = flow.step === 'sold' ? flow.receipt.tickets : [];
  return (
    <Screen
      title="Which ticket?"
      icon={TicketX}
      guide={GUIDES.lastTickets}
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
      <div className="choices">
        {tickets.map(({ orderId, state }, place) => (
          <Button
            key={orderId}
            control="order.open"
            className="choice"
            onPress={() =>
              navigation.setState({ page: { kind: 'order', orderId, from: 'last-tickets' } })
            }
          >
            <span className="choice-title">
              Ticket {place + 1} of {tickets.length}
            </span>
            <span className="choice-facts">{TICKET_WORDS[state]}</span>
          </Button>
        ))}
      </div>
    </Screen>
  );
}
