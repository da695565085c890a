import { closeSync, openSync, readSync } from 'node:fs';
import type { SealedEntry } from '#shared/contract/journal/sealed-entry.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { entryOnLine, journalFileLines } from './journal-file-lines.ts';

/** The entries of one chain in a second journal file, wherever in the file they stand. */
export interface JournalFileIndex extends Disposable {
  /** The different entries that the file has at `seq`; more than one only after a fork. */
  entriesAt(seq: number): readonly SealedEntry[];
}

interface Place {
  readonly hash: string;
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads a whole second journal file and notes where each entry stands whose bytes fit its hash. A
 * damaged line hides no other one. Throws the operating system's error.
 */
export function indexJournalFile(path: string, chainId: ChainId): JournalFileIndex {
  const places = new Map<number, Place[]>();
  for (const { text, offset, length } of journalFileLines(path)) {
    const entry = entryOnLine(text);
    if (entry?.chainId !== chainId) continue;
    const known = places.get(entry.seq) ?? [];
    if (known.some(({ hash }) => hash === entry.hash)) continue;
    places.set(entry.seq, [...known, { hash: entry.hash, offset, length }]);
  }
  const file = openSync(path, 'r');
  const entryAt = ({ offset, length }: Place): readonly SealedEntry[] => {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, offset);
    return [entryOnLine(bytes.toString('utf8')) ?? []].flat();
  };
  return {
    entriesAt: (seq) => (places.get(seq) ?? []).flatMap(entryAt),
    [Symbol.dispose]: () => closeSync(file),
  };
}
