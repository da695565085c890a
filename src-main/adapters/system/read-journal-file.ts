import type { SignatureVerifier } from '#main/ports/keys.ts';
import {
  type ChainPlace,
  type WalkedEntry,
  walkChain,
} from '#shared/contract/journal/chain-walk.ts';
import { unpackEntry } from '#shared/contract/journal/sealed-entry.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import { journalFileLines } from './journal-file-lines.ts';
import { parseJournalLine } from './journal-line.ts';

/** Where the good entries of a file end. */
export interface JournalFileEnd {
  /** The place after the last good entry; `undefined` if there was none. */
  readonly place: ChainPlace | undefined;
  /** The first of the lines after it that hold nothing of this chain, and why; lines count from 1. */
  readonly stop: { readonly line: number; readonly reason: string } | undefined;
}

/**
 * Yields the good entries of a second journal file in order, from the first of its chain.
 *
 * A torn or damaged line is passed over if a later line goes on with the chain, and so is a line
 * that was written a second time after a failed flush. Throws the operating system's error.
 */
export function* readJournalFile(
  path: string,
  { isSignedBy }: SignatureVerifier,
): Generator<WalkedEntry, JournalFileEnd> {
  const walk = walkChain(undefined, isSignedBy);
  const hashes = new Map<number, Sha256>();
  let stop: JournalFileEnd['stop'];
  let line = 0;
  for (const { text } of journalFileLines(path)) {
    line += 1;
    if (text === '') continue;
    const entry = parseJournalLine(text);
    if (entry === undefined) {
      stop ??= { line, reason: 'not a journal entry' };
      continue;
    }
    if (hashes.get(entry.seq) === entry.hash) continue;
    const next = walk.next(unpackEntry(entry));
    if (!next.ok) {
      stop ??= { line, reason: next.failure };
      continue;
    }
    stop = undefined;
    hashes.set(entry.seq, entry.hash);
    yield next.value;
  }
  return { place: walk.place(), stop };
}
