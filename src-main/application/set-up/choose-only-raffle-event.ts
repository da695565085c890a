import type { Ledger } from '#main/application/ledger.ts';
import type { View } from '#main/application/sale/selling-desk.ts';
import type { SessionKeeper } from '#main/application/session/session-keeper.ts';
import type { RaffleEventRow } from '#main/ports/terminal-rows.ts';
import { ok } from '#shared/kernel/result.ts';
import { choicesOf, isChoiceDue } from './raffle-event-choices.ts';

/**
 * Chooses the raffle event that this till sells for where there is but one to choose, so that nobody
 * has to. Does nothing while somebody is signed in, or while the last one is not over and sent. Which
 * one of several is for a person to say.
 */
export function createChooseOnlyRaffleEvent(dependencies: {
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
  view(): View;
  /** Called after a choice: there may be no numbers for it yet. */
  onChosen(): Promise<void>;
}): () => Promise<void> {
  const { ledger, session, view } = dependencies;
  return async () => {
    if (session.operatorId() !== null || findOnly(view()) === undefined) return;
    const chosen = await ledger.commit(null, (commit) => {
      const only = findOnly(commit);
      if (only === undefined) return ok(false);
      const { raffleEventId } = only.raffleEvent;
      commit.record('raffle-event.chosen', { raffleEventId });
      return ok(true);
    });
    if (chosen.ok && chosen.value) await dependencies.onChosen();
  };
}

function findOnly(view: View): RaffleEventRow | undefined {
  if (view.rows.device() === undefined || !isChoiceDue(view)) return undefined;
  const [only, ...others] = choicesOf(view);
  return others.length === 0 ? only : undefined;
}
