import type { ChainLink } from '#shared/domain/journal-chain.ts';
import { fromBase64, toBase64 } from '#shared/kernel/bytes.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { JournalEntry } from './journal-entry.ts';

/** An entry with its bytes as bytes: what hashes and signatures are about. */
export interface SealedEntry extends ChainLink {
  readonly hash: Sha256;
  /** Ed25519 over the 32 bytes of `hash`. */
  readonly signature: Uint8Array | null;
}

/** An entry as it travels, with its bytes as bytes. */
export function unpackEntry({ body, signature, ...place }: JournalEntry): SealedEntry {
  return {
    ...place,
    body: bytesOf(body),
    signature: signature === null ? null : bytesOf(signature),
  };
}

/** A sealed entry as it travels. */
export function packEntry({
  chainId,
  seq,
  previousHash,
  hash,
  body,
  signature,
}: SealedEntry): JournalEntry {
  return {
    chainId,
    seq,
    previousHash,
    hash,
    body: toBase64(body),
    signature: signature === null ? null : toBase64(signature),
  };
}

function bytesOf(base64: string): Uint8Array {
  const bytes = fromBase64(base64);
  invariant(bytes !== undefined, 'the schema of an entry lets only Base64 through');
  return bytes;
}
