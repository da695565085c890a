import { type Failure, failure } from '#shared/contract/failures.ts';
import { OPERATIONS, type OperationName } from '#shared/contract/terminal/operations.ts';
import type { Phase, Session } from '#shared/contract/terminal/snapshot.ts';

/**
 * Why this operation may not run now, for whoever is signed in; `undefined` if it may.
 *
 * Out of service, and while entries are missing, only diagnostics answer (GLI-31 3.4.4). Everything that is not for anyone needs a
 * person of the right role whose screen is not locked (GLI-31 3.2.2).
 */
export function checkAccess(
  name: OperationName,
  phase: Phase,
  session: Session,
): Failure | undefined {
  const { access, isDiagnostic } = OPERATIONS[name];
  if (phase.kind === 'out-of-service' && !isDiagnostic) return failure('terminal.out-of-service');
  if (phase.kind === 'set-back' && !isDiagnostic) return failure('terminal.comparing-heads');
  if (access === 'anyone') return undefined;
  if (session.kind === 'signed-out') return failure('session.required');
  if (session.kind === 'locked') return failure('session.locked');
  if (!access.includes(session.role)) {
    return failure('role.insufficient', { role: session.role, allowed: [...access] });
  }
  return undefined;
}
