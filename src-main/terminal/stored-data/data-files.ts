import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { readIfPresent, writeDurably } from '#main/adapters/system/durable-file.ts';
import { flushFolder } from '#main/adapters/system/flush-folder.ts';

/** The steps that change which files a till has. After each of them the power may fail. */
export interface DataFiles {
  exists(path: string): boolean;
  /** The text of a file; `undefined` if there is none. */
  read(path: string): string | undefined;
  /** Writes a small file, whole or not at all. */
  write(path: string, text: string): void;
  rename(from: string, to: string): void;
  /** Waits until the disk has what a file holds. */
  flushFile(path: string): void;
  /** Waits until the disk has the names in a folder. */
  flushFolder(folder: string): void;
}

/** The files of this computer. Every function throws the operating system's error. */
export function createDataFiles(): DataFiles {
  return {
    exists: existsSync,
    read: readIfPresent,
    write: writeDurably,
    rename: renameSync,
    flushFile: (path) => {
      const file = openSync(path, 'r+');
      try {
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
    flushFolder,
  };
}
