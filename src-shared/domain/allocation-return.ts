import type { OpenAllocation } from './number-taking.ts';

/** Why numbers cannot be given back. */
export type ReturnRefusal = 'not-held' | 'sold-already' | 'nothing-left';

/**
 * Whether the holder of an allocation may give back its indices from `from` to the end: only what
 * nobody can have sold. `allocation` is `undefined` if it is not the holder's.
 */
export function findReturnRefusal(
  allocation: Pick<OpenAllocation, 'indices' | 'nextIndex'> | undefined,
  from: number,
): ReturnRefusal | undefined {
  if (allocation === undefined || from < allocation.indices.from) return 'not-held';
  if (from >= allocation.indices.to) return 'nothing-left';
  return from < allocation.nextIndex ? 'sold-already' : undefined;
}
