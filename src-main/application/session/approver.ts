import type { OperatorRow } from '#main/ports/terminal-rows.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { OperatorRole } from '#shared/contract/mirror/operator.ts';
import type { Approval } from '#shared/contract/terminal/operations.ts';
import { type Result, refuse } from '#shared/kernel/result.ts';
import type { Authenticator } from './authenticator.ts';

/** Asks a second person to agree. */
export interface Approver {
  /**
   * The person who agreed, by name and PIN, there and then.
   *
   * Refuses like a sign-in, also a start PIN, and with `role.insufficient` for a person of another
   * role.
   */
  approve(approval: Approval, role: OperatorRole): Promise<Result<OperatorRow, Failure>>;
}

/** Makes the approver of a till. */
export function createApprover({ authenticate }: Authenticator): Approver {
  return {
    async approve({ identification, pin }, role) {
      const person = await authenticate(identification, pin);
      if (!person.ok) return person;
      const { operator } = person.value;
      if (operator.role !== role) {
        return refuse(failure('role.insufficient', { role: operator.role, allowed: [role] }));
      }
      return operator.mustChangePin ? refuse(failure('operator.must-change-pin')) : person;
    },
  };
}
