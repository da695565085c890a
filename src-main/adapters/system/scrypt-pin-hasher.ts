import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { PinHasher } from '#main/ports/keys.ts';
import type { PinCredential } from '#shared/contract/mirror/operator.ts';

/** About 0.2 s of one core and 32 MB for each guess at a PIN (GLI-31 5.2.2). */
const STRENGTH = { cost: 2 ** 15, blockSize: 8, parallelism: 3 } as const;

const SALT_BYTES = 16;
const HASH_BYTES = 32;

const deriveKey = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt);

/** PINs hashed by scrypt in Node's thread pool: the till stays responsive meanwhile. */
export function createScryptPinHasher(): PinHasher {
  return {
    matches: async (pin, credential) => {
      const expected = Buffer.from(credential.hash, 'base64');
      const actual = await derive(pin, Buffer.from(credential.salt, 'base64'), credential);
      return timingSafeEqual(actual, expected);
    },
    hash: async (pin) => {
      const salt = randomBytes(SALT_BYTES);
      const hash = await derive(pin, salt, STRENGTH);
      return {
        algorithm: 'scrypt',
        salt: salt.toString('base64'),
        hash: hash.toString('base64'),
        ...STRENGTH,
      };
    },
  };
}

function derive(
  pin: string,
  salt: Uint8Array,
  { cost, blockSize, parallelism }: Pick<PinCredential, 'cost' | 'blockSize' | 'parallelism'>,
): Promise<Buffer> {
  // OpenSSL refuses by default what needs more than 32 MB, and counts a little on top.
  const maxmem = 128 * cost * blockSize * 2 + 2 ** 20;
  return deriveKey(pin.normalize('NFKC'), salt, HASH_BYTES, {
    cost,
    blockSize,
    parallelization: parallelism,
    maxmem,
  });
}
