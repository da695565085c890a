import { existsSync } from 'node:fs';
import { rowsBetween } from '#main/adapters/sqlite/memory-check/rows-between.ts';
import {
  openReadOnlyDatabase,
  type ReadOnlyDatabase,
} from '#main/adapters/sqlite/open-database.ts';
import { readJournalFile } from '#main/adapters/system/read-journal-file.ts';
import type { SignatureVerifier } from '#main/ports/keys.ts';
import {
  type ChainPlace,
  type WalkedEntry,
  walkChain,
} from '#shared/contract/journal/chain-walk.ts';

/**
 * Yields every entry that can be proven: those of the second file, then those with which the
 * database at `databasePath`, damaged or not, goes on. Hashes and signatures decide, not the file.
 */
export function* collectEntries(
  secondFile: string,
  databasePath: string,
  verifier: SignatureVerifier,
): Generator<WalkedEntry, void> {
  const { place } = yield* readJournalFile(secondFile, verifier);
  if (place === undefined || !existsSync(databasePath)) return;
  yield* readOnwards(databasePath, place, verifier);
}

function* readOnwards(
  databasePath: string,
  start: ChainPlace,
  { isSignedBy }: SignatureVerifier,
): Generator<WalkedEntry, void> {
  let database: ReadOnlyDatabase | undefined;
  try {
    database = openReadOnlyDatabase(databasePath);
    const walk = walkChain(start, isSignedBy);
    for (const row of rowsBetween(database, start.head.seq, Number.MAX_SAFE_INTEGER)) {
      const next = walk.next({ chainId: start.chainId, ...row });
      if (!next.ok) return;
      yield next.value;
    }
  } catch {
    // Where a damaged database cannot be read any further, its entries end.
  } finally {
    database?.client.close();
  }
}
