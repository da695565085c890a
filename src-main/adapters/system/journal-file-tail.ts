import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { unpackEntry } from '#shared/contract/journal/sealed-entry.ts';
import { type ChainHead, entryHash } from '#shared/domain/journal-chain.ts';
import { parseJournalLine } from './journal-line.ts';

/** Holds at least two of the largest entries. */
const TAIL_BYTES = 2 ** 20;

/** How a second journal file ends. */
export interface JournalFileTail {
  /** The last entry whose bytes fit its hash; `undefined` if none is near the end. */
  readonly last: ChainHead | undefined;
  /** The last line was cut off: a newline has to come before the next entry. */
  readonly isTorn: boolean;
}

/**
 * Reads the end of a second journal file without reading all of it. A file that is not there is empty.
 *
 * Throws the operating system's error when the file cannot be read.
 */
export function readJournalFileTail(path: string): JournalFileTail {
  const bytes = readTail(path);
  const lines = bytes.toString('utf8').split('\n').reverse();
  for (const line of lines) {
    const last = headOnLine(line);
    if (last !== undefined) return { last, isTorn: isTorn(bytes) };
  }
  return { last: undefined, isTorn: isTorn(bytes) };
}

function isTorn(bytes: Buffer): boolean {
  return bytes.length > 0 && bytes.at(-1) !== 0x0a;
}

function headOnLine(line: string): ChainHead | undefined {
  const entry = parseJournalLine(line);
  if (entry === undefined || entryHash(unpackEntry(entry)) !== entry.hash) return undefined;
  return { seq: entry.seq, hash: entry.hash };
}

function readTail(path: string): Buffer {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const read = readSync(file, tail, 0, tail.length, size - tail.length);
    return tail.subarray(0, read);
  } finally {
    closeSync(file);
  }
}
