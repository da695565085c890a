import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import { failure } from '#shared/contract/failures.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { Authenticator } from './authenticator.ts';
import { recordSignIn, sessionOf } from './open-session.ts';
import type { SessionKeeper } from './session-keeper.ts';

/**
 * Signs a person in, also over a locked or forgotten session of another person (GLI-31 3.2.2).
 *
 * A payment that is being saved is waited for. Refuses like `Authenticator` and `recordSignIn`, and with
 * `operator.must-change-pin` for a right start PIN.
 */
export function createSignIn(dependencies: {
  readonly authenticator: Authenticator;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
  whenPaymentSaved(): Promise<void>;
}): OperationHandlers['session.sign-in'] {
  const { authenticator, ledger, session } = dependencies;
  return async ({ identification, pin }) => {
    const person = await authenticator.authenticate(identification, pin);
    if (!person.ok) return person;
    if (person.value.operator.mustChangePin) return refuse(failure('operator.must-change-pin'));
    await dependencies.whenPaymentSaved();
    const next = sessionOf(person.value);
    const before = session.current();
    const committed = await ledger.commit(person.value.operator.operatorId, (commit) =>
      recordSignIn(commit, before, person.value, identification.method),
    );
    return committed.ok ? ok(session.replace(next)) : committed;
  };
}
