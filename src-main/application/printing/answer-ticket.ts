import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { SessionKeeper } from '#main/application/session/session-keeper.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import { failure } from '#shared/contract/failures.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { PrintQueue } from './print-queue.ts';
import { findOpenTickets } from './ticket-standing.ts';

/**
 * Takes a person's word about what came out of the printer.
 *
 * `torn` and `nothing` park the ticket until a reprint; `nothing` of a job that was proven not to
 * have been sent prints the original. Refuses with `print-job.unknown`, and with
 * `print-job.not-in-question` when there is nothing to ask.
 */
export function createAnswerTicket(dependencies: {
  readonly rows: TerminalRows;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
  readonly printQueue: PrintQueue;
}): OperationHandlers['ticket.answer'] {
  const { rows, ledger, session, printQueue } = dependencies;
  return async ({ printJobId, answer }) => {
    if (rows.printJob(printJobId) === undefined) return refuse(failure('print-job.unknown'));
    const answered = await ledger.commit(session.operatorId(), (commit) => {
      const open = findOpenTickets(commit.rows, printQueue);
      const ticket = open.find((candidate) => candidate.printJobId === printJobId);
      if (ticket?.state !== 'in-question') return refuse(failure('print-job.not-in-question'));
      commit.record('print.answered', { printJobId, answer });
      return ok(ticket);
    });
    if (!answered.ok) return answered;
    if (answer === 'nothing' && answered.value.isProvenUnsent) printQueue.add([printJobId]);
    return ok({});
  };
}
