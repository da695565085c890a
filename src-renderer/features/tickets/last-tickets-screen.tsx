import { TicketX } from 'lucide-react';
import type { ReactNode } from 'react';
import { BackButton } from '../../components/back-button.tsx';
import { OrderChoice } from '../../components/order-choice.tsx';
import { Screen } from '../../components/screen.tsx';
import { useSale } from '../../stores/store-context.tsx';
import { asSentence } from '../../text/as-sentence.ts';
import { GUIDES } from '../../text/guides.ts';
import { TICKET_WORDS } from '../../text/ticket-words.ts';

/** The tickets of the last sale, to say which one is no good. */
export function LastTicketsScreen(): ReactNode {
  const { flow } = useSale();
  const tickets = flow.step === 'sold' ? flow.receipt.tickets : [];
  return (
    <Screen
      title="Which ticket?"
      icon={TicketX}
      guide={GUIDES.lastTickets}
      actions={<BackButton page={{ kind: 'sell' }} />}
    >
      <div className="choices">
        {tickets.map(({ orderId, state }, place) => (
          <OrderChoice
            key={orderId}
            orderId={orderId}
            from="last-tickets"
            title={`Ticket ${place + 1} of ${tickets.length}`}
            facts={asSentence(TICKET_WORDS[state])}
          />
        ))}
      </div>
    </Screen>
  );
}
