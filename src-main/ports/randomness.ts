import type { Uuid } from '#shared/kernel/ids.ts';

/** Unpredictable bytes from the operating system. */
export interface RandomSource {
  bytes(count: number): Uint8Array;
}

/** New ids, each never used before: version 7 UUIDs. */
export interface IdSource {
  next<Id extends Uuid>(): Id;
}
