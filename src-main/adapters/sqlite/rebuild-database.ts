import type { WalkedEntry } from '#shared/contract/journal/chain-walk.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { createJournalWriter } from './journal-writer.ts';
import { migrate } from './migrate.ts';
import { openWritableDatabase } from './open-database.ts';
import { replayEntry } from './replay-entries.ts';

/** Few enough to keep memory small, many enough that flushing does not count. */
const ENTRIES_PER_TRANSACTION = 1_000;

/**
 * Builds a new database at `path`, where there must be none, from checked entries of one chain.
 *
 * When it returns, all of it is in that one file and on the disk. Throws `IntegrityFault` on an
 * entry that this program cannot read. Answers with the number of entries.
 */
export function rebuildDatabase(
  path: string,
  migrationsDirectory: string,
  entries: Iterator<WalkedEntry, unknown>,
): number {
  const database = openWritableDatabase(path);
  try {
    const migrated = migrate(database, { migrationsDirectory, backUp: () => {} });
    invariant(migrated.ok, 'a new database takes every migration');
    const writer = createJournalWriter(database);
    const replayBatch = database.client.transaction((): number => {
      for (let count = 0; count < ENTRIES_PER_TRANSACTION; count += 1) {
        const next = entries.next();
        if (next.done === true) return count;
        replayEntry(writer, next.value);
      }
      return ENTRIES_PER_TRANSACTION;
    });
    let total = 0;
    for (let count = replayBatch.immediate(); count > 0; count = replayBatch.immediate()) {
      total += count;
    }
    database.client.pragma('wal_checkpoint(TRUNCATE)');
    return total;
  } finally {
    database.client.close();
  }
}
