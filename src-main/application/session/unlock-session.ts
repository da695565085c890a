import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import { failure } from '#shared/contract/failures.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { Authenticator } from './authenticator.ts';
import { sessionOf } from './open-session.ts';
import type { SessionKeeper } from './session-keeper.ts';

/**
 * Opens the locked screen again with the same person's PIN; another person signs in instead.
 *
 * Refuses like `Authenticator`, with `operator.must-change-pin` for a right start PIN, and with
 * `session.required` when nobody is signed in.
 */
export function createUnlockSession(dependencies: {
  readonly authenticator: Authenticator;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
}): OperationHandlers['session.unlock'] {
  const { authenticator, ledger, session } = dependencies;
  return async ({ pin }) => {
    const before = session.current();
    if (before.kind === 'signed-out') return refuse(failure('session.required'));
    if (before.kind === 'active') return ok(before);
    const { operatorId } = before;
    const person = await authenticator.authenticate({ method: 'name', operatorId }, pin);
    if (!person.ok) return person;
    if (person.value.operator.mustChangePin) return refuse(failure('operator.must-change-pin'));
    const committed = await ledger.commit(operatorId, ({ record }) =>
      ok(record('session.unlocked', { operatorId })),
    );
    if (!committed.ok) return committed;
    if (session.operatorId() !== operatorId) return refuse(failure('session.required'));
    return ok(session.replace(sessionOf(person.value)));
  };
}
