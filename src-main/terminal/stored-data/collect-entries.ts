import { existsSync } from 'node:fs';
import { createChainRows } from '#main/adapters/sqlite/chain-rows.ts';
import {
  openReadOnlyDatabase,
  type ReadOnlyDatabase,
} from '#main/adapters/sqlite/open-database.ts';
import { indexJournalFile } from '#main/adapters/system/index-journal-file.ts';
import type { SignatureVerifier } from '#main/ports/keys.ts';
import { type WalkedEntry, walkChain } from '#shared/contract/journal/chain-walk.ts';
import type { SealedEntry } from '#shared/contract/journal/sealed-entry.ts';
import type { ChainId } from '#shared/kernel/ids.ts';

/** Where the entries of a chain may be found. */
export interface EntrySources {
  readonly chainId: ChainId;
  readonly secondFile: string;
  /** May be damaged, or not there. */
  readonly databasePath: string;
}

/**
 * Yields every entry that can be proven, in order: what one of the two sources has lost, the other
 * fills in, also in the middle. Hashes and signatures decide, not where an entry stands.
 */
export function* collectEntries(
  { chainId, secondFile, databasePath }: EntrySources,
  { isSignedBy }: SignatureVerifier,
): Generator<WalkedEntry, void> {
  using file = indexJournalFile(secondFile, chainId);
  using database = readRows(databasePath, chainId);
  const walk = walkChain(undefined, isSignedBy);
  for (let seq = 1; ; seq += 1) {
    const next = firstGood(walk, file.entriesAt(seq)) ?? firstGood(walk, database.entriesAt(seq));
    if (next === undefined) return;
    yield next;
  }
}

function firstGood(
  walk: ReturnType<typeof walkChain>,
  candidates: readonly SealedEntry[],
): WalkedEntry | undefined {
  for (const candidate of candidates) {
    const next = walk.next(candidate);
    if (next.ok) return next.value;
  }
  return undefined;
}

interface RowSource extends Disposable {
  entriesAt(seq: number): readonly SealedEntry[];
}

/** Where a damaged database cannot be read, it has nothing. */
function readRows(path: string, chainId: ChainId): RowSource {
  let database: ReadOnlyDatabase | undefined;
  const orNothing = <Read>(read: () => readonly Read[]): readonly Read[] => {
    try {
      return read();
    } catch {
      return [];
    }
  };
  const [chain] = orNothing(() => {
    if (!existsSync(path)) return [];
    database = openReadOnlyDatabase(path);
    return [createChainRows(database)];
  });
  return {
    entriesAt: (seq) =>
      orNothing(() => (chain?.rowsAfter(seq - 1, 1) ?? []).map((row) => ({ chainId, ...row }))),
    [Symbol.dispose]: () => database?.client.close(),
  };
}
