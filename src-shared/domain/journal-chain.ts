import { hashFields, type Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';

/** What the hash of an entry covers. */
export interface ChainLink {
  readonly chainId: ChainId;
  /** From 1, without gaps. */
  readonly seq: number;
  readonly previousHash: Sha256;
  /** The frozen JSON bytes. */
  readonly body: Uint8Array;
}

/** The hash before the first entry: it ties the chain to one enrolment and one device key. */
export function genesisHash(chainId: ChainId, devicePublicKey: Uint8Array): Sha256 {
  return hashFields('counterfoil.chain.1', chainId, devicePublicKey);
}

/** The hash of an entry. Changing, removing or moving any entry changes every later hash. */
export function entryHash(link: ChainLink): Sha256 {
  return hashFields(
    'counterfoil.entry.1',
    link.previousHash,
    link.chainId,
    `${link.seq}`,
    link.body,
  );
}

/** Where a chain stands: its last sequence and hash. Sequence 0 and the genesis hash when empty. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: Sha256;
}

/** What is wrong with an entry as the next of its chain. */
export type ChainBreak = 'gap' | 'other-previous-hash' | 'hash-does-not-match';

/** What breaks the chain if `entry` follows `head`; `undefined` if nothing does. */
export function findChainBreak(
  head: ChainHead,
  entry: ChainLink & { readonly hash: Sha256 },
): ChainBreak | undefined {
  if (entry.seq !== head.seq + 1) return 'gap';
  if (entry.previousHash !== head.hash) return 'other-previous-hash';
  if (entryHash(entry) !== entry.hash) return 'hash-does-not-match';
  return undefined;
}
