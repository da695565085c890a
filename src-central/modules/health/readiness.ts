import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../db/database.ts';
import { readMigrations } from '../../db/migrations.ts';
import { firstRowOf } from '../../db/rows.ts';

/** A database that takes longer to answer is not one to send people to. */
const PATIENCE_MS = 2_000;

/**
 * Whether the database answers soon, and has exactly this program's schema: a process that is older
 * than its database should get no requests while its successor takes over.
 */
export async function isDatabaseReady(database: Queryable): Promise<boolean> {
  const expected = readMigrations().length;
  const applied = firstRowOf<{ readonly count: number }>(
    database,
    sql`SELECT count(*) AS count FROM schema_migrations`,
  ).then(
    (row) => row?.count,
    () => undefined,
  );
  const tired = sleep(PATIENCE_MS, undefined, { ref: false });
  return (await Promise.race([applied, tired])) === expected;
}
