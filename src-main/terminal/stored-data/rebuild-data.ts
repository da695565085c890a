import { existsSync, renameSync, rmSync } from 'node:fs';
import type { MemoryCheck } from '#main/adapters/sqlite/memory-check/check-memory.ts';
import type { WritableDatabase } from '#main/adapters/sqlite/open-database.ts';
import { rebuildDatabase } from '#main/adapters/sqlite/rebuild-database.ts';
import { flushFolder } from '#main/adapters/system/flush-folder.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { collectEntries } from './collect-entries.ts';
import { type DataFaults, dataFault } from './data-fault.ts';
import { type DataPlaces, databasePathOf } from './data-places.ts';
import { type DatabaseTools, openChecked } from './examine-database.ts';

/** A database that was rebuilt beside the old one, open and checked, but not yet in its place. */
export interface RebuiltDatabase {
  readonly database: WritableDatabase;
  readonly memoryCheck: MemoryCheck;
  /** Moves the old database aside, never deletes it, and puts this one in its place. Closes it. */
  takePlace(): void;
  /** Gives up; the old database stays where it is. */
  discard(): void;
}

/** What belongs to a database of SQLite besides the file itself. */
const COMPANIONS = ['-wal', '-shm'] as const;

/** Rebuilds a till's database from what can be proven of its journal. Answers with faults if it cannot. */
export function rebuildData(
  secondFile: string,
  places: DataPlaces,
  tools: DatabaseTools,
): RebuiltDatabase | DataFaults {
  const path = databasePathOf(places);
  const rebuilding = `${path}.rebuilding`;
  removeUnfinished(rebuilding);
  try {
    const entries = collectEntries(secondFile, path, tools.verifier);
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
    takePlace: () => {
      database.client.close();
      setAside(path, tools.clock.wall().replaceAll(':', '-'));
      renameSync(rebuilding, path);
      flushFolder(places.dataDirectory);
    },
    discard: () => {
      database.client.close();
      removeUnfinished(rebuilding);
    },
  };
}

/**
 * The log of the old database goes first: beside a new database it would be taken for the log of
 * that one.
 */
function setAside(path: string, time: string): void {
  for (const companion of [...COMPANIONS, '']) {
    const from = `${path}${companion}`;
    if (existsSync(from)) renameSync(from, `${path}.set-aside-${time}${companion}`);
  }
}

/** What a killed rebuild left is no data of the till: everything in it is still in its sources. */
function removeUnfinished(path: string): void {
  for (const companion of [...COMPANIONS, '']) rmSync(`${path}${companion}`, { force: true });
}
