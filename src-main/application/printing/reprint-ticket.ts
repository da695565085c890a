import type { Commit, Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { Approver } from '#main/application/session/approver.ts';
import type { SessionKeeper } from '#main/application/session/session-keeper.ts';
import type { IdSource } from '#main/ports/randomness.ts';
import type { ReceiptPrinter } from '#main/ports/receipt-printer.ts';
import type { OrderRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { JurisdictionProfile } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { Approval } from '#shared/contract/terminal/operations.ts';
import type { OperatorId, PrintJobId } from '#shared/kernel/ids.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { PrintQueue } from './print-queue.ts';
import { decidingJob, ticketStateOf } from './ticket-standing.ts';

/** What a reprint works with. */
export interface ReprintDependencies {
  readonly rows: TerminalRows;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
  readonly approver: Approver;
  readonly ids: IdSource;
  readonly printer: Pick<ReceiptPrinter, 'standing'>;
  readonly printQueue: PrintQueue;
}

/**
 * Prints a copy of a ticket: the same numbers, marked REPRINT with the copy's number (GLI-31 3.3.2d).
 * The copy settles a parked ticket.
 *
 * Refuses with `order.unknown`, with `printer.not-ready`, with `reprint.not-allowed` where the profile
 * allows none, asks for a supervisor and none approved, or while the paper before is still printing
 * or in question; and like an approval.
 */
export function createReprintTicket(
  dependencies: ReprintDependencies,
): OperationHandlers['ticket.reprint'] {
  const { rows, ledger, session, ids, printQueue } = dependencies;
  return async ({ orderId, reason, approval }) => {
    const order = rows.order(orderId);
    const profile =
      order === undefined ? undefined : rows.raffleEvent(order.raffleEventId)?.raffleEvent.profile;
    if (order === undefined || profile === undefined) return refuse(failure('order.unknown'));
    const approvedBy = await findApprover(dependencies, profile.reprint, approval);
    if (!approvedBy.ok) return approvedBy;
    const printJobId = ids.next<PrintJobId>();
    const ordered = await ledger.commit(session.operatorId(), (commit) => {
      const latest = commit.rows.order(orderId) ?? order;
      const refusal = findRefusal(dependencies, latest);
      if (refusal !== undefined) return refuse(refusal);
      recordCopy(commit, latest, { printJobId, reason, approvedBy: approvedBy.value });
      return ok(printQueue.expect([printJobId]));
    });
    if (!ordered.ok) return ordered;
    printQueue.add([printJobId]);
    return ok({});
  };
}

async function findApprover(
  { session, approver }: ReprintDependencies,
  rule: JurisdictionProfile['reprint'],
  approval: Approval | null,
): Promise<Result<OperatorId, Failure>> {
  const current = session.current();
  if (rule === 'never') return refuse(failure('reprint.not-allowed', { cause: 'never' }));
  if (current.kind === 'signed-out') return refuse(failure('session.required'));
  if (rule === 'seller' || current.role === 'supervisor') return ok(current.operatorId);
  if (approval === null) return refuse(failure('reprint.not-allowed', { cause: 'approval' }));
  const supervisor = await approver.approve(approval, 'supervisor');
  return supervisor.ok ? ok(supervisor.value.operator.operatorId) : supervisor;
}

function findRefusal(
  { printer, printQueue }: ReprintDependencies,
  order: OrderRow,
): Failure | undefined {
  const state = ticketStateOf(decidingJob(order), printQueue);
  if (state === 'waiting' || state === 'printing' || state === 'in-question') {
    return failure('reprint.not-allowed', { cause: state });
  }
  const { isReady, condition, unit } = printer.standing();
  return isReady ? undefined : failure('printer.not-ready', { condition, unit });
}

function recordCopy(
  { record }: Commit,
  order: OrderRow,
  copy: {
    readonly printJobId: PrintJobId;
    readonly reason: string;
    readonly approvedBy: OperatorId;
  },
): void {
  record('reprint.ordered', {
    ...copy,
    orderId: order.order.orderId,
    copyNumber: decidingJob(order).copyNumber + 1,
  });
}
