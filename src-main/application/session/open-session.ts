import type { Commit } from '#main/application/ledger.ts';
import type { OperatorRow } from '#main/ports/terminal-rows.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Session } from '#shared/contract/terminal/snapshot.ts';

/**
 * Records that a person took over the till: whoever was there before is signed out.
 *
 * The cart of another person goes, because cash belongs to a seller.
 */
export function recordSignIn(
  { record, notes }: Commit,
  before: Session,
  { operator }: OperatorRow,
  method: EntryPayload<'operator.signed-in'>['method'],
): void {
  if (before.kind !== 'signed-out') {
    record('operator.signed-out', { operatorId: before.operatorId });
    const draft = notes.draft();
    if (draft !== undefined && before.operatorId !== operator.operatorId) {
      notes.discardDraft(draft.checkoutId);
    }
  }
  record('operator.signed-in', { operatorId: operator.operatorId, role: operator.role, method });
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
