import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import { failure } from '#shared/contract/failures.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { SessionKeeper } from './session-keeper.ts';

/**
 * Locks the screen; the cart stays. Refuses only with `session.payment-in-progress` while a sale is
 * being saved: its answer must be seen.
 */
export function createLockSession(dependencies: {
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
  isPaying(): boolean;
}): OperationHandlers['session.lock'] {
  const { ledger, session } = dependencies;
  return async () => {
    const before = session.current();
    if (before.kind !== 'active') return ok(before);
    if (dependencies.isPaying()) return refuse(failure('session.payment-in-progress'));
    const after = session.replace({ ...before, kind: 'locked' });
    await ledger.commit(before.operatorId, ({ record }) =>
      ok(record('session.locked', { operatorId: before.operatorId })),
    );
    return ok(after);
  };
}
