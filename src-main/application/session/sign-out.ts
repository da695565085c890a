import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import { ok } from '#shared/kernel/result.ts';
import type { SessionKeeper } from './session-keeper.ts';

/**
 * Signs the person out. Always possible, with unsent sales too: the journal belongs to the till.
 *
 * An unsold cart goes with its seller. Nobody signed in is no reason to refuse.
 */
export function createSignOut(dependencies: {
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
}): OperationHandlers['session.sign-out'] {
  const { ledger, session } = dependencies;
  return async () => {
    const before = session.current();
    if (before.kind === 'signed-out') return ok(before);
    const after = session.replace({ kind: 'signed-out' });
    await ledger.commit(before.operatorId, ({ record, notes }) => {
      const draft = notes.draft();
      if (draft !== undefined) notes.discardDraft(draft.checkoutId);
      return ok(record('operator.signed-out', { operatorId: before.operatorId }));
    });
    return ok(after);
  };
}
