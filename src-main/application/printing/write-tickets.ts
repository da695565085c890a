import { drawNumbersOfOrder } from '#main/application/orders/describe-order.ts';
import type { OrderRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import { composeTicket, type TicketFacts } from '#shared/domain/compose-ticket.ts';
import type { TicketDocument } from '#shared/domain/ticket-document.ts';
import type { PrintJobId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { money } from '#shared/kernel/money.ts';

/** Writes what goes on paper. */
export interface TicketWriter {
  /** The ticket of a job: the original, or a copy marked as one. Throws for an unknown job. */
  documentOf(printJobId: PrintJobId): TicketDocument;
  /** What the original of an order shows. */
  originalOf(order: OrderRow): TicketDocument;
}

/** Makes a writer over the rows, which hold all that a ticket says. */
export function createTicketWriter(rows: TerminalRows): TicketWriter {
  return {
    documentOf(printJobId) {
      const job = rows.printJob(printJobId);
      const order = job === undefined ? undefined : rows.order(job.orderId);
      invariant(job !== undefined && order !== undefined, `no order of print job ${printJobId}`);
      return composeTicket(factsOf(rows, order, job.copyNumber));
    },
    originalOf: (order) => composeTicket(factsOf(rows, order, 0)),
  };
}

function factsOf(rows: TerminalRows, order: OrderRow, copyNumber: number): TicketFacts {
  const mirror = rows.mirror();
  const raffleEvent = rows.raffleEvent(order.raffleEventId)?.raffleEvent;
  invariant(
    mirror !== undefined && raffleEvent !== undefined,
    'a till that has sold knows its raffle event',
  );
  const seller = order.operatorId === null ? undefined : rows.operator(order.operatorId);
  return {
    organisation: mirror.organisation,
    venue: mirror.venue,
    raffleEvent,
    rsu: mirror.rsu,
    seller: { number: seller?.operator.number ?? '-' },
    order: {
      packageName: order.order.packageName,
      amount: money(order.order.amountMinor, order.currency),
      soldAt: order.soldAt,
      drawNumbers: drawNumbersOfOrder(order, rows),
      validationNumber: order.order.validationNumber,
    },
    validity: mirror.isDemo ? 'demo' : 'valid',
    copyNumber,
  };
}
