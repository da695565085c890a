import BetterSqlite3 from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { invariant } from '#shared/kernel/invariant.ts';

/** Below this, two connections that write a checkpoint at once can lose commits. */
const OLDEST_SAFE_SQLITE = [3, 51, 3] as const;

const BUSY_TIMEOUT_MS = 5_000;

declare const access: unique symbol;

interface OpenDatabase {
  readonly client: BetterSqlite3.Database;
  readonly orm: BetterSQLite3Database;
}

/** The one connection that may write. */
export type WritableDatabase = OpenDatabase & { readonly [access]: 'writable' };

/** A connection that SQLite itself keeps from writing. */
export type ReadOnlyDatabase = OpenDatabase & { readonly [access]: 'read-only' };

/** Either connection, for those who only read. */
export type AnyDatabase = WritableDatabase | ReadOnlyDatabase;

/**
 * Opens the database that sales are written to, and makes it when it is not there.
 *
 * A commit has reached the disk when it returns: `synchronous` is set to FULL and read back,
 * because this build of SQLite means NORMAL by WAL. Throws SQLite's own error on a file that is not
 * a database.
 */
export function openWritableDatabase(path: string): WritableDatabase {
  const client = new BetterSqlite3(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    assertSafeVersion(client);
    // One statement cannot delete rows unseen by the triggers: REPLACE fires them as well.
    client.pragma('recursive_triggers = ON');
    client.pragma('journal_mode = WAL');
    client.pragma('synchronous = FULL');
    client.pragma('foreign_keys = ON');
    client.pragma('trusted_schema = OFF');
    assertPragma(client, 'journal_mode', path === ':memory:' ? 'memory' : 'wal');
    assertPragma(client, 'synchronous', 2);
    assertPragma(client, 'foreign_keys', 1);
  } catch (error) {
    client.close();
    throw error;
  }
  const database: OpenDatabase = { client, orm: drizzle(client) };
  return database as WritableDatabase;
}

/** Opens an existing database for reading. Throws SQLite's own error when there is none. */
export function openReadOnlyDatabase(path: string): ReadOnlyDatabase {
  const client = new BetterSqlite3(path, {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
  });
  try {
    assertSafeVersion(client);
    client.pragma('trusted_schema = OFF');
  } catch (error) {
    client.close();
    throw error;
  }
  const database: OpenDatabase = { client, orm: drizzle(client) };
  return database as ReadOnlyDatabase;
}

function assertSafeVersion(client: BetterSqlite3.Database): void {
  const text = String(client.prepare('SELECT sqlite_version()').pluck().get());
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  const [safeMajor, safeMinor, safePatch] = OLDEST_SAFE_SQLITE;
  const isSafe =
    major > safeMajor ||
    (major === safeMajor && (minor > safeMinor || (minor === safeMinor && patch >= safePatch)));
  invariant(isSafe, `SQLite ${text} is older than ${OLDEST_SAFE_SQLITE.join('.')}`);
}

function assertPragma(client: BetterSqlite3.Database, name: string, expected: unknown): void {
  const actual = client.pragma(name, { simple: true });
  invariant(actual === expected, `SQLite keeps ${name} at ${String(actual)}`);
}
