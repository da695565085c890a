import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Lines of a log, on their way to the disk. */
export interface LogFile {
  /** Writes a line at once. One that the disk does not take is lost. */
  write(line: string): void;
}

/**
 * Opens the log at `path` for appending, and makes it when it is not there.
 *
 * Beyond `largestBytes` it moves to `<path>.1`, in place of the one before, and begins again: a till
 * runs for years. Throws the operating system's error if the file cannot be opened.
 */
export function openLogFile(path: string, largestBytes: number): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  let file = openSync(path, 'a');
  let size = fstatSync(file).size;

  function beginAgain(): void {
    renameSync(path, `${path}.1`);
    const full = file;
    file = openSync(path, 'a');
    size = 0;
    closeSync(full);
  }

  return {
    write(line) {
      try {
        if (size > largestBytes) beginAgain();
        size += writeSync(file, line);
      } catch {
        // A full disk must not end the till: its journal says what matters.
      }
    },
  };
}
