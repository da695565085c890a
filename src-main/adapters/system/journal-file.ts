import { closeSync, existsSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import { flushFolder } from './flush-folder.ts';
import { readJournalFileTail } from './journal-file-tail.ts';

/** A second journal file that is open for appending. */
export interface JournalFile {
  /** The entry it ended with when it was opened; `undefined` if it held none. */
  readonly last: ChainHead | undefined;
  /** Writes whole lines and waits for the disk. Throws the operating system's error. */
  append(lines: string): void;
  close(): void;
}

/**
 * Opens a second journal file and makes it when it is not there. Nothing in it is ever changed: a
 * torn last line gets a newline, and readers pass over it. What it holds is flushed first.
 *
 * Throws the operating system's error.
 */
export function openJournalFile(path: string): JournalFile {
  const isNew = !existsSync(path);
  const tail = readJournalFileTail(path);
  const file = openSync(path, 'a', 0o600);
  try {
    if (isNew) flushFolder(dirname(path));
    if (tail.isTorn) writeWhole(file, '\n');
    fdatasyncSync(file);
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return {
    last: tail.last,
    append: (lines) => {
      writeWhole(file, lines);
      fdatasyncSync(file);
    },
    close: () => closeSync(file),
  };
}

/** A disk that is nearly full takes a part of what it is given. */
function writeWhole(file: number, text: string): void {
  let rest = Buffer.from(text, 'utf8');
  while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
}
