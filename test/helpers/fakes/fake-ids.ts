import type { IdSource } from '#main/ports/randomness.ts';
import { idOf, type Uuid } from '#shared/kernel/ids.ts';

/** Ids that count up, so that a failing test reads the same every time. */
export function createFakeIds(): IdSource {
  let count = 0;
  return {
    next<Id extends Uuid>(): Id {
      count += 1;
      return fakeId<Id>('f', count);
    },
  };
}

/** The id of the `n`th thing of a sort, which is one hexadecimal digit. */
export function fakeId<Id extends Uuid>(sort: string, n: number): Id {
  return idOf<Id>(`0000000${sort}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`);
}
