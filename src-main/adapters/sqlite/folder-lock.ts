import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { isBusy } from './sqlite-errors.ts';

const LOCK_FILE = 'lock.db';
/** Tells people who holds the lock. The lock itself is SQLite's. */
const HOLDER_FILE = 'lock-holder.txt';

/** A folder that nobody else may use until it is released. */
export interface FolderLock {
  release(): void;
}

/**
 * Keeps a second core off a folder: an exclusive transaction on a database of its own, which the
 * operating system ends with the process, however that ends.
 *
 * Refuses, in words, while another process or this one holds it. Nothing in this program may open
 * `lock.db` as a plain file: closing it would give up SQLite's lock.
 */
export function lockFolder(folder: string): Result<FolderLock, string> {
  mkdirSync(folder, { recursive: true });
  const client = new BetterSqlite3(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    client.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    client.close();
    if (!isBusy(error)) throw error;
    return refuse(`${folder} is in use by another till: ${describeHolder(folder)}`);
  }
  writeFileSync(
    join(folder, HOLDER_FILE),
    `process ${process.pid}, started ${new Date(Date.now() - process.uptime() * 1000).toISOString()}`,
  );
  return ok({ release: () => client.close() });
}

function describeHolder(folder: string): string {
  try {
    return readFileSync(join(folder, HOLDER_FILE), 'utf8');
  } catch {
    return 'which one is not known';
  }
}
