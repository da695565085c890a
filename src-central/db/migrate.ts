import pg from 'pg';
import { type Migration, readMigrations } from './migrations.ts';

/** Chosen once for this product; any number serves as long as nothing else uses it. */
const LOCK = 7_264_981;

/**
 * Brings the database to the program's schema. Several API processes may do so at once: one works,
 * the others wait for it.
 *
 * Refuses, in words and without changing anything, a database that is newer than the program or
 * whose applied migrations differ from the program's.
 */
export async function migrate(
  url: string,
  migrations: readonly Migration[] = readMigrations(),
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await applyPending(client, migrations);
  } finally {
    await client.end();
  }
}

async function applyPending(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
    position INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
  )`);
  const { rows } = await client.query<AppliedMigration>(
    'SELECT name, hash FROM schema_migrations ORDER BY position',
  );
  assertPrefix(rows, migrations);
  for (let position = rows.length; position < migrations.length; position += 1) {
    const migration = migrations[position];
    if (migration !== undefined) await apply(client, migration, position);
  }
}

interface AppliedMigration {
  readonly name: string;
  readonly hash: string;
}

function assertPrefix(applied: readonly AppliedMigration[], known: readonly Migration[]): void {
  for (const [position, { name, hash }] of applied.entries()) {
    const expected = known[position];
    if (expected === undefined) {
      throw new Error(
        `The database is newer than this program: it has the migration ${name}. Nothing was changed. Start a newer program.`,
      );
    }
    if (expected.hash !== hash) {
      throw new Error(
        `The migration ${name} of the database is not the one this program knows as ${expected.name}. Nothing was changed.`,
      );
    }
  }
}

async function apply(client: pg.Client, migration: Migration, position: number): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query('INSERT INTO schema_migrations (position, name, hash) VALUES ($1, $2, $3)', [
      position,
      migration.name,
      migration.hash,
    ]);
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new Error(`The migration ${migration.name} failed and was undone.`, { cause });
  }
}
