import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '#main/ports/clock.ts';
import type { JournalExport } from '#main/ports/journal-export.ts';

/** Where the files of a till lie. */
export interface JournalPlaces {
  readonly dataDirectory: string;
  readonly secondJournalDirectory: string;
  readonly clock: Pick<Clock, 'wall'>;
}

/** What is worth carrying away: the database with its log, and every second journal file. */
const DATABASE_FILE = /\.db(-wal|-shm)?$/;
const JOURNAL_FILE = /\.ndjson$/;
/** SQLite's locks on this file would end with the copy. */
const LOCK_FILE = 'lock.db';

/**
 * Copies into `<data folder>/export/<time>`, file by file, without reading what the files mean: that
 * also works for damaged ones.
 */
export function createFileJournalExport(places: JournalPlaces): JournalExport {
  return {
    async copy() {
      const folder = join(places.dataDirectory, 'export', folderName(places.clock));
      const sources = [
        ...(await filesIn(places.dataDirectory, DATABASE_FILE)),
        ...(await filesIn(places.secondJournalDirectory, JOURNAL_FILE)),
      ];
      await mkdir(folder, { recursive: true });
      for (const source of sources) await copyFile(source, join(folder, basename(source)));
      return { folder, entryCount: await countLines(await filesIn(folder, JOURNAL_FILE)) };
    },
  };
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
