import type { Ledger } from '#main/application/ledger.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import { ok } from '#shared/kernel/result.ts';
import type { SessionKeeper } from './session-keeper.ts';

/**
 * Looks at the session again after the mirror changed: a person who was disabled is signed out and
 * their cart goes, a new name or role holds at once (GLI-31 6.1.3).
 */
export function createReviewSession(dependencies: {
  readonly rows: Pick<TerminalRows, 'operator'>;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
}): () => Promise<void> {
  const { rows, ledger, session } = dependencies;
  return async () => {
    const current = session.current();
    if (current.kind === 'signed-out') return;
    const { operatorId } = current;
    const operator = rows.operator(operatorId)?.operator;
    if (operator?.isEnabled === true) {
      session.replace({ ...current, displayName: operator.displayName, role: operator.role });
      return;
    }
    session.replace({ kind: 'signed-out' });
    await ledger.commit(operatorId, ({ record, notes }) => {
      const draft = notes.draft();
      if (draft !== undefined) notes.discardDraft(draft.checkoutId);
      return ok(record('operator.signed-out', { operatorId }));
    });
  };
}
