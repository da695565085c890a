import type { LucideIcon } from 'lucide-react';
import { Check, CircleHelp, LoaderCircle, Printer, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SaleReceipt } from '#shared/contract/terminal/snapshot.ts';
import { TICKET_WORDS } from '../../text/ticket-words.ts';

type TicketState = SaleReceipt['tickets'][number]['state'];

const ICONS: Readonly<Record<TicketState, LucideIcon>> = {
  waiting: Printer,
  printing: LoaderCircle,
  printed: Check,
  'sent-not-proven': Check,
  'in-question': CircleHelp,
  parked: TriangleAlert,
};

/** "Ticket 1 of 2 printing", for the ticket that is being made now; all of them once they are done. */
export function SoldTickets(props: { readonly tickets: SaleReceipt['tickets'] }): ReactNode {
  const { tickets } = props;
  const current = currentTicket(tickets.map(({ state }) => state));
  const state = tickets[current]?.state ?? 'waiting';
  const Icon = ICONS[state];
  const number = tickets.length === 1 ? 'Ticket' : `Ticket ${current + 1} of ${tickets.length}`;
  return (
    <p className={`sold-tickets ticket-${state}`} role="status">
      <Icon
        className={`sold-tickets-icon ${state === 'printing' ? 'is-turning' : ''}`}
        aria-hidden="true"
      />
      {number} {TICKET_WORDS[state]}
    </p>
  );
}

/** The ticket to tell about: the first that is not finished, else the last. */
function currentTicket(states: readonly TicketState[]): number {
  const open = states.findIndex((state) => state !== 'printed' && state !== 'sent-not-proven');
  return open === -1 ? states.length - 1 : open;
}
