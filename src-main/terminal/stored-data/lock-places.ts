import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { type FolderLock, lockFolder } from '#main/adapters/sqlite/folder-lock.ts';
import { checkFolderIsLocal } from '#main/adapters/system/check-folder-is-local.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { DataPlaces } from './data-places.ts';

/**
 * Makes the folders of a till where they are missing and keeps every other core off them.
 *
 * Refuses, in words, a folder on a network share and one that another till uses. A folder for the
 * second file that cannot be made is passed over: the till starts, and says that the file failed.
 */
export function lockPlaces(places: DataPlaces): Result<FolderLock, string> {
  mkdirSync(places.dataDirectory, { recursive: true });
  tryToMake(places.secondJournalDirectory);
  const folders = [places.dataDirectory, places.secondJournalDirectory].filter((folder) =>
    existsSync(folder),
  );
  const locks: FolderLock[] = [];
  const release = () => {
    for (const lock of locks) lock.release();
  };
  for (const folder of new Set(folders.map((path) => realpathSync(path)))) {
    const local = checkFolderIsLocal(folder);
    const locked = local.ok ? lockFolder(folder) : local;
    if (!locked.ok) {
      release();
      return locked;
    }
    locks.push(locked.value);
  }
  return ok({ release });
}

function tryToMake(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // The second journal meets the same error with its first entry, and reports it.
  }
}
