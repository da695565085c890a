import {
  type ChainBreak,
  type ChainHead,
  findChainBreak,
  genesisHash,
} from '#shared/domain/journal-chain.ts';
import { fromBase64, fromHex } from '#shared/kernel/bytes.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { type EntryBody, readEntryBody } from './entry-body.ts';
import { ENTRY_KINDS } from './entry-kinds.ts';
import type { SealedEntry } from './sealed-entry.ts';

/** Where a walk begins: a place in a chain that is already trusted. */
export interface ChainPlace {
  readonly chainId: ChainId;
  readonly devicePublicKey: Uint8Array;
  readonly head: ChainHead;
}

/** Why an entry is not the next of a chain. */
export type EntryProblem =
  | ChainBreak
  | 'other-chain'
  | 'does-not-begin-a-chain'
  | 'signature-missing'
  | 'signature-invalid';

/** What an entry says; the reason in words where this program cannot read it. */
export type EntryReading = ReturnType<typeof readEntryBody>;

/** An entry whose place, hash and signature are right. */
export interface WalkedEntry {
  readonly entry: SealedEntry;
  readonly reading: EntryReading;
}

/** Follows a chain entry by entry. */
export interface ChainWalk {
  /** The place after the last good entry; `undefined` before the first entry of a chain. */
  place(): ChainPlace | undefined;
  /**
   * Takes the next entry: place, hash and signature. Refuses, and stays where it is, if any of them
   * is wrong. An entry that this program cannot read is good all the same.
   */
  next(entry: SealedEntry): Result<WalkedEntry, EntryProblem>;
}

/**
 * Begins a walk at `start`, or, without one, at the first entry of a chain, which brings its own key.
 */
export function walkChain(
  start: ChainPlace | undefined,
  isSignedBy: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean,
): ChainWalk {
  let place = start;
  return {
    place: () => place,
    next: (entry) => {
      const reading = readEntryBody(entry.body);
      const before = place ?? beginChain(entry, reading);
      if (before === undefined) return refuse('does-not-begin-a-chain');
      const problem =
        (entry.chainId === before.chainId ? undefined : 'other-chain') ??
        findChainBreak(before.head, entry) ??
        findSignatureProblem(entry, reading, (signature) =>
          isSignedBy(before.devicePublicKey, fromHex(entry.hash), signature),
        );
      if (problem !== undefined) return refuse(problem);
      place = { ...before, head: { seq: entry.seq, hash: entry.hash } };
      return ok({ entry, reading });
    },
  };
}

/** The place before the first entry of a chain, as that entry itself tells. */
function beginChain(entry: SealedEntry, reading: EntryReading): ChainPlace | undefined {
  if (!reading.ok || reading.value.kind !== 'terminal.enrolled') return undefined;
  const { chainId, devicePublicKey: key } = reading.value.payload;
  const devicePublicKey = fromBase64(key);
  if (devicePublicKey === undefined || chainId !== entry.chainId) return undefined;
  return {
    chainId,
    devicePublicKey,
    head: { seq: 0, hash: genesisHash(chainId, devicePublicKey) },
  };
}

function findSignatureProblem(
  entry: SealedEntry,
  reading: EntryReading,
  isGood: (signature: Uint8Array) => boolean,
): EntryProblem | undefined {
  if (entry.signature === null) return mustBeSigned(reading) ? 'signature-missing' : undefined;
  return isGood(entry.signature) ? undefined : 'signature-invalid';
}

function mustBeSigned(reading: EntryReading): boolean {
  return reading.ok && ENTRY_KINDS[(reading.value satisfies EntryBody).kind].isSigned;
}
