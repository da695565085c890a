import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import { ok } from '#shared/kernel/result.ts';
import type { SessionKeeper } from './session-keeper.ts';

/**
 * Locks the screen; the cart stays. Always possible: a payment that is being saved is waited for, so
 * that its answer is seen.
 */
export function createLockSession(dependencies: {
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
  whenPaymentSaved(): Promise<void>;
}): OperationHandlers['session.lock'] {
  const { ledger, session } = dependencies;
  return async () => {
    await dependencies.whenPaymentSaved();
    const before = session.current();
    if (before.kind !== 'active') return ok(before);
    const after = session.replace({ ...before, kind: 'locked' });
    await ledger.commit(before.operatorId, ({ record }) =>
      ok(record('session.locked', { operatorId: before.operatorId })),
    );
    return ok(after);
  };
}
