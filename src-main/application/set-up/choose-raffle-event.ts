import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { Approver } from '#main/application/session/approver.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import { failure } from '#shared/contract/failures.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { choiceRefusal, choicesOf } from './raffle-event-choices.ts';

/**
 * A supervisor chooses what this till sells for (GLI-31 3.2.2). Sequence and grand total of the chain run
 * on.
 *
 * Refuses like an approval, with `raffle-event.unknown`, `raffle-event.closed`, `raffle-event.cancelled`, and while the
 * last raffle event is not over or not sent. Choosing the same one again changes nothing.
 */
export function createChooseRaffleEvent(dependencies: {
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly rows: Pick<TerminalRows, 'device'>;
  readonly approver: Approver;
  /** Called after a choice: there may be no numbers for it yet. */
  onChosen(): Promise<void>;
}): OperationHandlers['raffle-event.choose'] {
  const { ledger, rows: current, approver } = dependencies;
  return async ({ raffleEventId, approval }) => {
    if (current.device()?.chosenRaffleEventId === raffleEventId) return ok({});
    const supervisor = await approver.approve(approval, 'supervisor');
    if (!supervisor.ok) return supervisor;
    const { operatorId } = supervisor.value.operator;
    const chosen = await ledger.commit(operatorId, (commit) => {
      const { rows, record } = commit;
      if (rows.device()?.chosenRaffleEventId === raffleEventId) return ok({});
      const offered = rows.raffleEvent(raffleEventId);
      if (offered === undefined) return refuse(failure('raffle-event.unknown'));
      const isOnOffer = choicesOf(commit).some(
        (row) => row.raffleEvent.raffleEventId === raffleEventId,
      );
      if (!isOnOffer) {
        const isCancelled = offered.raffleEvent.state === 'cancelled';
        return refuse(failure(isCancelled ? 'raffle-event.cancelled' : 'raffle-event.closed'));
      }
      const refusal = choiceRefusal(commit);
      if (refusal !== undefined) return refuse(refusal);
      record('raffle-event.chosen', { raffleEventId });
      return ok({});
    });
    if (chosen.ok) await dependencies.onChosen();
    return chosen;
  };
}
