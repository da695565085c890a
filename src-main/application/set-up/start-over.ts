import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { Log } from '#main/ports/log.ts';
import { failure } from '#shared/contract/failures.ts';
import type { Phase } from '#shared/contract/terminal/snapshot.ts';
import { ok, refuse } from '#shared/kernel/result.ts';

/**
 * Gives up a journal that was set back and that the central cannot complete, so that the till can be
 * enrolled anew.
 *
 * Refuses with `terminal.comparing-heads` before the central was asked, with `terminal.out-of-service`
 * where only a new start can tell what is left, and with `terminal.already-enrolled` or
 * `terminal.not-enrolled` where nothing is missing.
 */
export function createStartOver(dependencies: {
  readonly log: Log;
  phase(): Phase;
  startOver(): void;
}): OperationHandlers['enrolment.start-over'] {
  const { log, startOver } = dependencies;
  return async () => {
    const phase = dependencies.phase();
    if (phase.kind === 'out-of-service') return refuse(failure('terminal.out-of-service'));
    if (phase.kind === 'needs-enrolment') return refuse(failure('terminal.not-enrolled'));
    if (phase.kind !== 'set-back') return refuse(failure('terminal.already-enrolled'));
    if (phase.search === 'asking') return refuse(failure('terminal.comparing-heads'));
    log.warn({ phase }, 'starting over without the entries that are missing');
    startOver();
    return ok({});
  };
}
