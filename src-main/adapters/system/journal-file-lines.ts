import { closeSync, openSync, readSync } from 'node:fs';
import { type SealedEntry, unpackEntry } from '#shared/contract/journal/sealed-entry.ts';
import { entryHash } from '#shared/domain/journal-chain.ts';
import { parseJournalLine } from './journal-line.ts';

const CHUNK_BYTES = 2 ** 20;

/**
 * Yields the lines of a second journal file in the order of the file, each with where it begins, in
 * bytes. Reads piece by piece: the file may be larger than memory is generous with.
 *
 * Throws the operating system's error.
 */
export function* journalFileLines(
  path: string,
): Generator<{ readonly text: string; readonly offset: number; readonly length: number }> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    let offset = 0;
    for (let size = read(file, chunk); size > 0; size = read(file, chunk)) {
      rest = Buffer.concat([rest, chunk.subarray(0, size)]);
      let start = 0;
      for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a, start)) {
        const text = rest.toString('utf8', start, end);
        yield { text, offset: offset + start, length: end - start };
        start = end + 1;
      }
      rest = rest.subarray(start);
      offset += start;
    }
    if (rest.length > 0) yield { text: rest.toString('utf8'), offset, length: rest.length };
  } finally {
    closeSync(file);
  }
}

/** The entry on a line if its bytes fit its hash; `undefined` for anything else. */
export function entryOnLine(text: string): SealedEntry | undefined {
  const entry = parseJournalLine(text);
  if (entry === undefined) return undefined;
  const sealed = unpackEntry(entry);
  return entryHash(sealed) === sealed.hash ? sealed : undefined;
}

function read(file: number, chunk: Buffer): number {
  return readSync(file, chunk, 0, chunk.length, null);
}
