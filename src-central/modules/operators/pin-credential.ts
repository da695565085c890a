import {
  type BinaryLike,
  randomInt,
  type ScryptOptions,
  scrypt as scryptWithCallback,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Central } from '../../central.ts';

const scrypt = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scryptWithCallback);

/** scrypt at about 0.1 s and 32 MB a guess (GLI-31 5.2.2). */
const PIN_COST = { cost: 2 ** 15, blockSize: 8, parallelism: 1 } as const;

/** What is kept of a PIN: enough to check one, nothing to read it. */
export interface HashedPin {
  readonly algorithm: 'scrypt';
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelism: number;
}

/** Hashes a PIN slowly, under a salt of its own. */
export async function hashPin({ randomBytes }: Central, pin: string): Promise<HashedPin> {
  const salt = randomBytes(16);
  const { cost, blockSize, parallelism } = PIN_COST;
  const hash = await scrypt(pin, salt, 32, {
    N: cost,
    r: blockSize,
    p: parallelism,
    maxmem: 256 * cost * blockSize,
  });
  return { algorithm: 'scrypt', salt, hash, ...PIN_COST };
}

/** A PIN that nobody chose. It is shown once, to whoever hands it on. */
export function makePin(digits: number): string {
  return Array.from({ length: digits }, () => randomInt(10)).join('');
}
