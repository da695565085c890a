import { dirname } from 'node:path';
import type { Clock } from '#main/ports/clock.ts';
import type { DataFiles } from './data-files.ts';
import { type DataPlaces, databasePathOf } from './data-places.ts';
import { readRebuildNote } from './rebuild-note.ts';
import { asideNameOf } from './set-aside-name.ts';

/** What belongs to a database of SQLite besides the file itself. */
export const COMPANIONS = ['-wal', '-shm'] as const;

/** What swapping databases works with. */
export interface SwapTools {
  readonly files: DataFiles;
  readonly clock: Pick<Clock, 'wall'>;
}

/** Where a database is rebuilt. What lies here is unfinished and worth nothing. */
export function rebuildingPathOf(places: DataPlaces): string {
  return `${databasePathOf(places)}.rebuilding`;
}

/** Where a finished rebuild waits. What lies here holds all that could be proven, and is kept. */
function rebuiltPathOf(places: DataPlaces): string {
  return `${databasePathOf(places)}.rebuilt`;
}

/**
 * Declares a rebuild finished: from here on every start puts it in the place of the old database.
 * It must be closed, and whole in its one file.
 */
export function commitRebuilt(places: DataPlaces, { files }: SwapTools): void {
  const rebuilding = rebuildingPathOf(places);
  files.flushFile(rebuilding);
  files.flushFolder(dirname(rebuilding));
  files.rename(rebuilding, rebuiltPathOf(places));
  files.flushFolder(dirname(rebuilding));
}

/**
 * Puts a finished rebuild in its place, if one waits there; whoever began it may have been killed.
 *
 * The old database is set aside, never deleted, and its log first: beside a new database it would be
 * taken for the log of that one. Each step is on the disk before the one that relies on it.
 */
export function finishSwap(places: DataPlaces, tools: SwapTools): void {
  const { files } = tools;
  const path = databasePathOf(places);
  const rebuilt = rebuiltPathOf(places);
  if (!files.exists(rebuilt)) return;
  setAsideDatabase(places, tools, readRebuildNote(places, files)?.at);
  files.rename(rebuilt, path);
  files.flushFolder(dirname(path));
}

/** Sets aside what lies where the database should be, under a name that tells `time`. */
export function setAsideDatabase(
  places: DataPlaces,
  { files, clock }: SwapTools,
  time: string = clock.wall(),
): void {
  const path = databasePathOf(places);
  for (const companion of [...COMPANIONS, '']) {
    const from = `${path}${companion}`;
    if (!files.exists(from)) continue;
    files.rename(from, asideNameOf(path, time, files, companion));
  }
  files.flushFolder(dirname(path));
}
