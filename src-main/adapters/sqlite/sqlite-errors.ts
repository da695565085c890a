import BetterSqlite3 from 'better-sqlite3';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';

/** Result codes that mean the file, or the disk below it, is damaged. */
const DAMAGE = /^SQLITE_(CORRUPT|NOTADB|IOERR)/;

/** Whether SQLite found no room on the disk. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && error.code === 'SQLITE_FULL';
}

/** Whether SQLite found its file damaged. */
export function isDamage(error: unknown): error is Error {
  return error instanceof BetterSqlite3.SqliteError && DAMAGE.test(error.code);
}

/** Whether somebody else holds a lock on the file. */
export function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** Runs `work`; damage that SQLite finds in it is thrown as an `IntegrityFault`. */
export function withDamageAsFault<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw new IntegrityFault(`the database is damaged: ${error.message}`, { cause: error });
  }
}

/** The same functions; damage that SQLite finds in any of them is thrown as an `IntegrityFault`. */
export function guardReads<Reads extends object>(reads: Reads): Reads {
  const guarded = Object.entries(reads).map(([name, read]) => [
    name,
    (...given: unknown[]) => withDamageAsFault(() => read(...given)),
  ]);
  return Object.fromEntries(guarded) as Reads;
}
