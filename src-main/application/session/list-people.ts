import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import { ok } from '#shared/kernel/result.ts';

/** Lists who may sign in here, by name. */
export function createListPeople(
  rows: Pick<TerminalRows, 'operators'>,
): OperationHandlers['session.list-people'] {
  return async () => {
    const people = rows
      .operators()
      .filter(({ operator }) => operator.isEnabled)
      .map(({ operator: { operatorId, displayName, number, role } }) => ({
        operatorId,
        displayName,
        number,
        role,
      }))
      .sort((left, right) => left.displayName.localeCompare(right.displayName));
    return ok({ people });
  };
}
