import { sha256 } from '@noble/hashes/sha2.js';
import type { Brand } from './brand.ts';
import { concatBytes, toHex, utf8 } from './bytes.ts';

/** A SHA-256 digest as 64 lower-case hexadecimal digits. */
export type Sha256 = Brand<string, 'Sha256'>;

/** Reads a digest; `undefined` unless it is 64 lower-case hexadecimal digits. */
export function parseSha256(text: string): Sha256 | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? (text as Sha256) : undefined;
}

/**
 * SHA-256 over `fields`, each preceded by its length as four bytes, most significant first.
 *
 * The lengths make the list of fields unambiguous: no two different lists have the same input bytes.
 */
export function hashFields(...fields: readonly (Uint8Array | string)[]): Sha256 {
  const parts = fields.flatMap((field) => {
    const bytes = typeof field === 'string' ? utf8(field) : field;
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length);
    return [length, bytes];
  });
  return toHex(sha256(concatBytes(...parts))) as Sha256;
}

/** SHA-256 over `bytes` as they are. */
export function hashBytes(bytes: Uint8Array): Sha256 {
  return toHex(sha256(bytes)) as Sha256;
}
