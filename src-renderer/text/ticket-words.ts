import type { TicketProgress } from '#shared/contract/terminal/snapshot.ts';

/** How a ticket is coming along, in words. */
export const TICKET_WORDS = {
  waiting: 'waits for the printer',
  printing: 'printing',
  printed: 'printed',
  'sent-not-proven': 'printed: check the paper',
  'in-question': 'in question',
  parked: 'set aside',
} as const satisfies Readonly<Record<TicketProgress['state'], string>>;
