import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '#main/ports/clock.ts';
import type { JournalExport } from '#main/ports/journal-export.ts';

/** Where the files of a till lie, and how its database gets into another folder. */
export interface JournalPlaces {
  readonly dataDirectory: string;
  readonly secondJournalDirectory: string;
  readonly clock: Pick<Clock, 'wall'>;
  /** Copies the database into `folder`. An open one must not be copied as a file. */
  copyDatabase(folder: string): void | Promise<void>;
}

const DATABASE_FILE = /\.db(-wal|-shm)?$/;
const JOURNAL_FILE = /\.ndjson$/;
/** SQLite's lock on this file would end with the copy. */
const LOCK_FILE = 'lock.db';

/** Copies the database and every second journal file into `<data folder>/export/<time>`. */
export function createFileJournalExport(places: JournalPlaces): JournalExport {
  return {
    async copy() {
      const folder = join(places.dataDirectory, 'export', folderName(places.clock));
      await mkdir(folder, { recursive: true });
      await places.copyDatabase(folder);
      await copyFiles(places.secondJournalDirectory, JOURNAL_FILE, folder);
      return { folder, entryCount: await countLines(await filesIn(folder, JOURNAL_FILE)) };
    },
  };
}

/**
 * Copies the files of a database that nobody has open, without reading what they mean: that also
 * works for damaged ones.
 */
export function copyClosedDatabase(dataDirectory: string, folder: string): Promise<void> {
  return copyFiles(dataDirectory, DATABASE_FILE, folder);
}

async function copyFiles(from: string, name: RegExp, to: string): Promise<void> {
  for (const file of await filesIn(from, name)) await copyFile(file, join(to, basename(file)));
}

function folderName(clock: Pick<Clock, 'wall'>): string {
  return clock.wall().replaceAll(':', '-');
}

/** The files of a folder; none if it is gone, because the other copy is then all there is to save. */
async function filesIn(folder: string, name: RegExp): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && name.test(entry.name) && entry.name !== LOCK_FILE)
    .map((entry) => join(folder, entry.name));
}

async function countLines(files: readonly string[]): Promise<number> {
  let count = 0;
  for (const file of files) {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      if (line !== '') count += 1;
    }
  }
  return count;
}
