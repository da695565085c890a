import { closeSync, openSync, readSync } from 'node:fs';
import type { SignatureVerifier } from '#main/ports/keys.ts';
import {
  type ChainPlace,
  type WalkedEntry,
  walkChain,
} from '#shared/contract/journal/chain-walk.ts';
import { unpackEntry } from '#shared/contract/journal/sealed-entry.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import { parseJournalLine } from './journal-line.ts';

/** Where the good entries of a file end. */
export interface JournalFileEnd {
  /** The place after the last good entry; `undefined` if there was none. */
  readonly place: ChainPlace | undefined;
  /** The first of the lines after it that hold nothing of this chain, and why; lines count from 1. */
  readonly stop: { readonly line: number; readonly reason: string } | undefined;
}

const CHUNK_BYTES = 2 ** 20;

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
  for (const text of linesOf(path)) {
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

/** Line by line: the file may be larger than memory is generous with. */
function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    for (let size = read(file, chunk); size > 0; size = read(file, chunk)) {
      rest = Buffer.concat([rest, chunk.subarray(0, size)]);
      let start = 0;
      for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a, start)) {
        yield rest.toString('utf8', start, end);
        start = end + 1;
      }
      rest = rest.subarray(start);
    }
    if (rest.length > 0) yield rest.toString('utf8');
  } finally {
    closeSync(file);
  }
}

function read(file: number, chunk: Buffer): number {
  return readSync(file, chunk, 0, chunk.length, null);
}
