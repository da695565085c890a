import type { Ledger } from '#main/application/ledger.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import { ok } from '#shared/kernel/result.ts';

/** What the start of this run is to be remembered by. */
export interface StartFacts {
  readonly started: Omit<EntryPayload<'terminal.started'>, 'wasUnclean'>;
  /** How the database was rebuilt before this start; null if it was not. */
  readonly rebuilt: EntryPayload<'terminal.rebuilt'> | null;
}

/**
 * Journals that the program runs, what the check of critical memory found, and a rebuild
 * (GLI-31 3.4.3). To be called as soon as anything may be appended, and again after each comparison
 * of heads that was due meanwhile; the rebuild is told the first time.
 */
export function createRecordStart(dependencies: {
  readonly rows: Pick<TerminalRows, 'device' | 'head'>;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly facts: StartFacts;
}): () => Promise<void> {
  const { rows, ledger, facts } = dependencies;
  let { rebuilt } = facts;
  return async () => {
    // The only entry of a till that was enrolled a moment ago is its enrolment.
    const isNew = rows.head().seq <= 1;
    const wasUnclean = !isNew && rows.device()?.hasStoppedCleanly === false;
    await ledger.commit(null, ({ record }) => {
      if (rebuilt !== null) record('terminal.rebuilt', rebuilt);
      return ok(record('terminal.started', { ...facts.started, wasUnclean }));
    });
    rebuilt = null;
  };
}
