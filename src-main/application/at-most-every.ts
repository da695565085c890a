import type { Clock } from '../ports/clock.ts';

/**
 * A function that says of each key, once in `intervalMs`, that it may be acted on: what happens again
 * and again must not fill the journal.
 */
export function atMostEvery(
  intervalMs: number,
  clock: Pick<Clock, 'monotonicMs'>,
): (key: string) => boolean {
  const lastMs = new Map<string, number>();
  return (key) => {
    const nowMs = clock.monotonicMs();
    const last = lastMs.get(key);
    if (last !== undefined && nowMs - last < intervalMs) return false;
    lastMs.set(key, nowMs);
    return true;
  };
}
