import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from './problems.ts';

/**
 * Whether a change was made from what is there now, so that of two people who edit the same thing
 * the second does not undo the first unseen.
 *
 * `given` is the call's `revision`, from `If-Match`; `current` is read and locked in the command's
 * transaction. Refuses a change that names no revision or an older one.
 */
export function checkRevision(given: string | undefined, current: string): Result<void, Problem> {
  if (given === undefined) {
    return refuseWith('revision.required', 'send If-Match with the revision that you have seen');
  }
  return given === current
    ? ok(undefined)
    : refuseWith('thing.changed-meanwhile', 'read it again before you change it');
}
