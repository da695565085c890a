import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { PinHasher, SecretBox } from '#main/ports/keys.ts';
import { failure } from '#shared/contract/failures.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import type { Authenticator } from './authenticator.ts';
import { checkNewPin } from './check-new-pin.ts';
import { wrapCredential } from './credentials.ts';
import { recordSignIn, sessionOf } from './open-session.ts';
import type { SessionKeeper } from './session-keeper.ts';

/**
 * Gives a person a new PIN and signs them in: the only way in with a start PIN.
 *
 * A payment that is being saved is waited for. Refuses like `Authenticator` and `recordSignIn`, with
 * `pin.too-weak`, and with `sign-in.wrong` for a PIN that was replaced meanwhile.
 */
export function createChangePin(dependencies: {
  readonly authenticator: Authenticator;
  readonly pinHasher: Pick<PinHasher, 'hash'>;
  readonly secretBox: SecretBox;
  readonly ledger: Pick<Ledger, 'commit'>;
  readonly session: SessionKeeper;
  whenPaymentSaved(): Promise<void>;
}): OperationHandlers['session.change-pin'] {
  const { authenticator, pinHasher, secretBox, ledger, session } = dependencies;
  return async ({ identification, pin, newPin }) => {
    const person = await authenticator.authenticate(identification, pin);
    if (!person.ok) return person;
    const weakness = checkNewPin(newPin, pin, person.value.operator);
    if (weakness !== undefined) return refuse(weakness);
    const wrappedCredential = wrapCredential(secretBox, await pinHasher.hash(newPin));
    await dependencies.whenPaymentSaved();
    const before = session.current();
    const { operatorId, wrappedCredential: replaced } = person.value.operator;
    const committed = await ledger.commit(operatorId, (commit) => {
      const inForce = commit.rows.operator(operatorId)?.operator.wrappedCredential;
      if (inForce !== replaced) return refuse(failure('sign-in.wrong'));
      commit.record('operator.pin-changed', { operatorId, wrappedCredential });
      return recordSignIn(commit, before, person.value, identification.method);
    });
    return committed.ok ? ok(session.replace(sessionOf(person.value))) : committed;
  };
}
