import { rmSync } from 'node:fs';
import type { MemoryCheck } from '#main/adapters/sqlite/memory-check/check-memory.ts';
import type { WritableDatabase } from '#main/adapters/sqlite/open-database.ts';
import { rebuildDatabase } from '#main/adapters/sqlite/rebuild-database.ts';
import { secondJournalPath } from '#main/adapters/system/second-journal.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { collectEntries } from './collect-entries.ts';
import { type DataFaults, dataFault } from './data-fault.ts';
import { type DataPlaces, databasePathOf } from './data-places.ts';
import { type DatabaseTools, openChecked } from './examine-database.ts';
import { writeRebuildNote } from './rebuild-note.ts';
import { COMPANIONS, commitRebuilt, finishSwap, rebuildingPathOf } from './swap-database.ts';

/** A database that was rebuilt beside the old one, open and checked, but not yet in its place. */
export interface RebuiltDatabase {
  readonly database: WritableDatabase;
  readonly memoryCheck: MemoryCheck;
  /**
   * Moves the old database aside, never deletes it, and puts this one in its place. Closes it. Killed
   * on the way, it goes on at the next start; `rebuilt` is kept until the journal tells it.
   */
  takePlace(rebuilt: EntryPayload<'terminal.rebuilt'>, headHash: Sha256): void;
  /** Gives up; the old database stays where it is. */
  discard(): void;
}

/** Rebuilds a till's database from what can be proven of its journal. Answers with faults if it cannot. */
export function rebuildData(
  chainId: ChainId,
  places: DataPlaces,
  tools: DatabaseTools,
): RebuiltDatabase | DataFaults {
  const { files } = tools;
  const secondFile = secondJournalPath(places.secondJournalDirectory, chainId);
  const rebuilding = rebuildingPathOf(places);
  removeUnfinished(rebuilding);
  try {
    const entries = collectEntries(
      { chainId, secondFile, databasePath: databasePathOf(places) },
      tools.verifier,
    );
    rebuildDatabase(rebuilding, places.migrationsDirectory, entries);
  } catch (error) {
    removeUnfinished(rebuilding);
    if (!(error instanceof IntegrityFault)) throw error;
    return dataFault('rebuild', error.message);
  }
  const found = openChecked(rebuilding, places, tools);
  if (found.kind !== 'good') return found.faults;
  const { database, memoryCheck } = found;
  return {
    database,
    memoryCheck,
    takePlace: (rebuilt, headHash) => {
      database.client.close();
      invariant(!files.exists(`${rebuilding}-wal`), 'a closed rebuild is whole in its one file');
      writeRebuildNote(places, files, { at: tools.clock.wall(), headHash, rebuilt });
      commitRebuilt(places, tools);
      finishSwap(places, tools);
    },
    discard: () => {
      database.client.close();
      removeUnfinished(rebuilding);
    },
  };
}

/** What a killed rebuild left is no data of the till: everything in it is still in its sources. */
function removeUnfinished(path: string): void {
  for (const companion of [...COMPANIONS, '']) rmSync(`${path}${companion}`, { force: true });
}
