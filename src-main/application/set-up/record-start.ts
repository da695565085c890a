import type { Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import { ok } from '#shared/kernel/result.ts';
import { checkpointOf } from './checkpoint-of.ts';
import type { LostChain } from './lost-chain.ts';

/** What the start of this run is to be remembered by. */
export interface StartFacts {
  readonly started: Omit<EntryPayload<'terminal.started'>, 'wasUnclean'>;
  /** How the database was rebuilt before this start; null if it was not. */
  readonly rebuilt: EntryPayload<'terminal.rebuilt'> | null;
  /** The chain that this one follows because both copies of it are gone; null if there is none. */
  readonly lostChain: LostChain | null;
  /** What was just checked is summed up and signed, so that the next start is as fast as a new till's. */
  readonly isCheckpointDue: boolean;
}

/**
 * Journals that the program runs, what the check of critical memory found, and a rebuild
 * (GLI-31 3.4.3). To be called as soon as anything may be appended, and again after each comparison
 * of heads that was due meanwhile; what happened before this run is told the first time.
 */
export function createRecordStart(dependencies: {
  readonly rows: Pick<TerminalRows, 'device' | 'head' | 'totals'>;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly facts: StartFacts;
}): () => Promise<void> {
  const { rows, ledger, facts } = dependencies;
  let isTold = false;
  return async () => {
    // The only entry of a till that was enrolled a moment ago is its enrolment.
    const isNew = rows.head().seq <= 1;
    const wasUnclean = !isNew && rows.device()?.hasStoppedCleanly === false;
    await ledger.commit(null, (commit) => {
      const { record } = commit;
      if (!isTold && facts.rebuilt !== null) record('terminal.rebuilt', facts.rebuilt);
      if (!isTold && facts.lostChain !== null) {
        const { chainId, throughSeq } = facts.lostChain;
        const event = significantEvent('memory.corrupt', { lostChainId: chainId, throughSeq });
        record('significant-event.noted', event);
      }
      record('terminal.started', { ...facts.started, wasUnclean });
      if (!isTold && facts.isCheckpointDue) {
        record('checkpoint.signed', checkpointOf(commit.rows, null));
      }
      return ok(undefined);
    });
    isTold = true;
  };
}
