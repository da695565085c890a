import type { AnyDatabase } from './open-database.ts';

/**
 * Copies a database that is in use to a new file, page by page: a damaged page is copied like any
 * other, where a back-up would refuse.
 *
 * Never by copying the file: closing it would drop SQLite's own locks.
 */
export async function copyDatabase(database: AnyDatabase, path: string): Promise<void> {
  await database.client.backup(path);
}
