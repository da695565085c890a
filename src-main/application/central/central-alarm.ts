import type { Failure } from '#shared/contract/failures.ts';

/** Keeps telling the screen that the central sent something that this till did not take over. */
export interface CentralAlarm {
  /** True if this was not known: it is journaled once a run, however often it is offered. */
  raise(refused: Failure): boolean;
  /** What the screen says of it; null if there is nothing to say. */
  failure(): Failure | null;
}

/** An alarm that is quiet. */
export function createCentralAlarm(onChanged: () => void): CentralAlarm {
  const known = new Set<string>();
  let current: Failure | null = null;
  return {
    raise(refused) {
      const key = JSON.stringify(refused);
      if (known.has(key)) return false;
      known.add(key);
      current = refused;
      onChanged();
      return true;
    },
    failure: () => current,
  };
}
