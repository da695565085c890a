import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { AnyDatabase } from './open-database.ts';

/**
 * Writes a whole, consistent copy of a database that is in use to a new file, flushed.
 *
 * Never by copying the file: closing it would drop SQLite's own locks. Throws if the file is there.
 */
export function backUpDatabase(database: AnyDatabase, path: string): void {
  database.client.prepare('VACUUM INTO ?').run(path);
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}
