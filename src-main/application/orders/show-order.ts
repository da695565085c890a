import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { OrderRow } from '#main/ports/terminal-rows.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import { failure } from '#shared/contract/failures.ts';
import type { TicketProgress } from '#shared/contract/terminal/snapshot.ts';
import type { TicketDocument } from '#shared/domain/ticket-document.ts';
import { rangesOf } from '#shared/kernel/draw-numbers.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { drawNumbersOfOrder, summaryOf } from './describe-order.ts';

/** Shows one order with its numbers and what its ticket says. Refuses with `order.unknown`. */
export function createShowOrder(dependencies: {
  readonly unitOfWork: Pick<UnitOfWork, 'rows' | 'notes'>;
  progressOf(order: OrderRow): TicketProgress;
  originalOf(order: OrderRow): TicketDocument;
}): OperationHandlers['order.show'] {
  const { rows, notes } = dependencies.unitOfWork;
  return async ({ orderId }) => {
    const row = rows.order(orderId);
    if (row === undefined) return refuse(failure('order.unknown'));
    const setting = {
      rows,
      acknowledgedSeq: notes.sync().acknowledgedSeq,
      progressOf: dependencies.progressOf,
    };
    const ascending = drawNumbersOfOrder(row, rows).toSorted((left, right) => left - right);
    return ok({
      ...summaryOf(row, setting),
      drawNumbers: rangesOf(ascending).map(({ from, to }) => ({ first: from, last: to - 1 })),
      reviewReason: row.review?.reason ?? null,
      document: dependencies.originalOf(row),
    });
  };
}
