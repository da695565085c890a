import { randomBytes } from 'node:crypto';
import type { Clock } from '#main/ports/clock.ts';
import type { IdSource, RandomSource } from '#main/ports/randomness.ts';
import { type Uuid, uuidV7 } from '#shared/kernel/ids.ts';
import { epochOf } from '#shared/kernel/instant.ts';

/** Unpredictable bytes from the operating system. */
export function createSystemRandom(): RandomSource {
  return { bytes: (count) => new Uint8Array(randomBytes(count)) };
}

/** Version 7 UUIDs: sorted by the wall clock, unique by 74 random bits, whatever that clock says. */
export function createIdSource(clock: Pick<Clock, 'wall'>, random: RandomSource): IdSource {
  return {
    next: <Id extends Uuid>() => uuidV7(epochOf(clock.wall()), random.bytes(10)) as Id,
  };
}
