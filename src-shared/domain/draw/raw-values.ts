import { chacha20 } from '@noble/ciphers/chacha.js';
import { invariant } from '#shared/kernel/invariant.ts';

/** Whole numbers from 0 to 2^64 - 1, one after the other, each as likely as any other. */
export interface RawValues {
  next(): bigint;
}

/** How many bytes a draw's seed has. */
export const SEED_BYTES = 32;

const NONCE = new Uint8Array(12);
const BLOCK_BYTES = 64;
const BLOCKS_AT_A_TIME = 16;
const VALUE_BYTES = 8;

/**
 * The raw values of a seed: the ChaCha20 key stream (RFC 8439) of the key `seed`, a nonce of zeros and
 * block counter 0, read eight bytes at a time, most significant first (GLI-31 4.2.3, 4.2.4).
 *
 * Throws unless the seed has 32 bytes, and after 2^35 values, where the key stream ends.
 */
export function createRawValues(seed: Uint8Array): RawValues {
  invariant(seed.length === SEED_BYTES, `a seed has ${SEED_BYTES} bytes, not ${seed.length}`);
  const zeros = new Uint8Array(BLOCKS_AT_A_TIME * BLOCK_BYTES);
  let keyStream = new DataView(new ArrayBuffer(0));
  let offset = 0;
  let nextBlock = 0;
  return {
    next() {
      if (offset === keyStream.byteLength) {
        const { buffer } = chacha20(seed, NONCE, zeros, new Uint8Array(zeros.length), nextBlock);
        keyStream = new DataView(buffer);
        nextBlock += BLOCKS_AT_A_TIME;
        offset = 0;
      }
      const value = keyStream.getBigUint64(offset);
      offset += VALUE_BYTES;
      return value;
    },
  };
}
