import { utf8 } from '#shared/kernel/bytes.ts';
import type { DrawNumber } from '#shared/kernel/draw-numbers.ts';
import { hashBytes, type Sha256 } from '#shared/kernel/hash.ts';
import { invariant } from '#shared/kernel/invariant.ts';

/**
 * The SHA-256 of a pool of draw numbers in ascending order: one number a line, in decimal digits without
 * leading zeros, each line ended by one line feed. `sha256sum` over such a file says the same.
 *
 * Throws unless the numbers ascend without repeats: a pool has only one hash.
 */
export function hashPool(pool: readonly DrawNumber[]): Sha256 {
  for (const [place, number] of pool.entries()) {
    const before = pool[place - 1];
    invariant(before === undefined || before < number, 'a pool ascends without repeats');
  }
  return hashBytes(utf8(pool.map((number) => `${number}\n`).join('')));
}
