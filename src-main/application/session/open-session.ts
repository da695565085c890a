import type { Commit } from '#main/application/ledger.ts';
import type { OperatorRow } from '#main/ports/terminal-rows.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Session } from '#shared/contract/terminal/snapshot.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';

/**
 * Records that a person took over the till: whoever was there before is signed out.
 *
 * The cart of another person goes, also one from before a restart, because cash belongs to a seller.
 * Refuses with `operator.disabled` somebody whom the central has disabled since their PIN was compared.
 */
export function recordSignIn(
  { record, rows, notes }: Commit,
  before: Session,
  { operator }: OperatorRow,
  method: EntryPayload<'operator.signed-in'>['method'],
): Result<undefined, Failure> {
  const { operatorId, role } = operator;
  if (rows.operator(operatorId)?.operator.isEnabled !== true) {
    return refuse(failure('operator.disabled'));
  }
  if (before.kind !== 'signed-out') {
    record('operator.signed-out', { operatorId: before.operatorId });
  }
  const draft = notes.draft();
  if (draft !== undefined && draft.operatorId !== operatorId) notes.discardDraft(draft.checkoutId);
  record('operator.signed-in', { operatorId, role, method });
  return ok(undefined);
}

/** The session of a person who has just signed in. */
export function sessionOf({ operator }: OperatorRow): Session {
  return {
    kind: 'active',
    operatorId: operator.operatorId,
    displayName: operator.displayName,
    role: operator.role,
  };
}
