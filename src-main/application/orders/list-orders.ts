import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { OrderRow } from '#main/ports/terminal-rows.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import type { TicketProgress } from '#shared/contract/terminal/snapshot.ts';
import { ok } from '#shared/kernel/result.ts';
import { summaryOf } from './describe-order.ts';

const PAGE_SIZE = 30;

/**
 * Lists the orders of the chosen raffle event, newest first, across midnight and restarts
 * (GLI-31 3.4.1a). Searches by the digits of a draw number or of a validation number.
 */
export function createListOrders(dependencies: {
  readonly unitOfWork: Pick<UnitOfWork, 'rows' | 'notes'>;
  progressOf(order: OrderRow): TicketProgress;
}): OperationHandlers['order.list'] {
  const { rows, notes } = dependencies.unitOfWork;
  return async ({ search, cursor }) => {
    const raffleEventId = rows.device()?.chosenRaffleEventId ?? null;
    if (raffleEventId === null) return ok({ orders: [], nextCursor: null });
    const page = rows.findOrders({
      raffleEventId,
      search: search.replaceAll(/\D/g, ''),
      cursor,
      limit: PAGE_SIZE,
    });
    const setting = {
      rows,
      acknowledgedSeq: notes.sync().acknowledgedSeq,
      progressOf: dependencies.progressOf,
    };
    return ok({
      orders: page.orders.map((order) => summaryOf(order, setting)),
      nextCursor: page.nextCursor,
    });
  };
}
