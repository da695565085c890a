import { type Failure, failure } from '#shared/contract/failures.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';

/** A change to a raffle event that this till did not take over. */
export interface RefusedChange {
  readonly raffleEventId: RaffleEventId;
  readonly fields: readonly string[];
}

/** Keeps telling the screen that the central tried to change a raffle event after its start. */
export interface ChangeAlarm {
  /** True if this change was not known: it is journaled once a run, however often it is offered. */
  raise(change: RefusedChange): boolean;
  /** What the screen says of it; null if there is nothing to say. */
  failure(): Failure | null;
}

/** An alarm that is quiet. */
export function createChangeAlarm(onChanged: () => void): ChangeAlarm {
  const known = new Set<string>();
  let current: Failure | null = null;
  return {
    raise({ raffleEventId, fields }) {
      const key = [raffleEventId, ...fields].join(' ');
      if (known.has(key)) return false;
      known.add(key);
      current = failure('raffle-event.changed-after-start', { raffleEventId, fields });
      onChanged();
      return true;
    },
    failure: () => current,
  };
}
