import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashBytes, type Sha256 } from '#shared/kernel/hash.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { WritableDatabase } from './open-database.ts';

/** One step of the schema's history: a file `NNNN_verb_thing.sql`. */
interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: string;
  readonly hash: Sha256;
}

/** What a run of the migrations takes besides the database. */
export interface MigrationOptions {
  readonly migrationsDirectory: string;
  /** Called once, before the first pending migration of a database that already has some. */
  readonly backUp: () => void;
  /** The last number to apply; all of them without it. */
  readonly stopAt?: number;
}

/** Why a database cannot be brought up to date. Its content stays as it was. */
export type MigrationRefusal =
  /** A newer program wrote it. */
  | { readonly kind: 'newer-database'; readonly appliedCount: number; readonly knownCount: number }
  /** A migration that was applied is not the one of this program. */
  | { readonly kind: 'edited-migration'; readonly name: string };

const RECORDS = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    number  INTEGER NOT NULL PRIMARY KEY,
    name    TEXT    NOT NULL,
    hash    TEXT    NOT NULL
  ) STRICT`;

/**
 * Brings a database to the newest schema, each migration in a transaction with its own record.
 *
 * A killed run goes on at the next start. Refuses what this program did not write. Throws
 * `IntegrityFault` if the file fails SQLite's checks afterwards. Answers with how many were applied.
 */
export function migrate(
  database: WritableDatabase,
  { migrationsDirectory, backUp, stopAt = Number.POSITIVE_INFINITY }: MigrationOptions,
): Result<number, MigrationRefusal> {
  const known = readMigrations(migrationsDirectory);
  database.client.exec(RECORDS);
  const applied = readRecords(database);
  const refusal = findRefusal(applied, known);
  if (refusal !== undefined) return refuse(refusal);

  const pending = known.slice(applied.length).filter(({ number }) => number <= stopAt);
  if (pending.length === 0) return ok(0);
  if (applied.length > 0) backUp();
  for (const migration of pending) apply(database, migration);
  assertSound(database);
  return ok(pending.length);
}

/** The migrations in a folder, in order. Throws unless they are numbered from 1 without gaps. */
function readMigrations(directory: string): readonly Migration[] {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, index) => {
    const number = index + 1;
    invariant(
      name.startsWith(`${String(number).padStart(4, '0')}_`),
      `migration ${number} is missing: found ${name}`,
    );
    const bytes = readFileSync(join(directory, name));
    return { number, name, statements: bytes.toString('utf8'), hash: hashBytes(bytes) };
  });
}

type MigrationRecord = Pick<Migration, 'number' | 'name' | 'hash'>;

function readRecords(database: WritableDatabase): readonly MigrationRecord[] {
  return database.client
    .prepare<[], MigrationRecord>(
      'SELECT number, name, hash FROM schema_migrations ORDER BY number',
    )
    .all();
}

function findRefusal(
  applied: readonly MigrationRecord[],
  known: readonly Migration[],
): MigrationRefusal | undefined {
  const edited = applied.find(({ hash }, index) => {
    const same = known[index];
    return same !== undefined && same.hash !== hash;
  });
  if (edited !== undefined) return { kind: 'edited-migration', name: edited.name };
  if (applied.length <= known.length) return undefined;
  return { kind: 'newer-database', appliedCount: applied.length, knownCount: known.length };
}

function apply(database: WritableDatabase, migration: Migration): void {
  const record = database.client.prepare(
    'INSERT INTO schema_migrations (number, name, hash) VALUES (?, ?, ?)',
  );
  database.client
    .transaction(() => {
      database.client.exec(migration.statements);
      record.run(migration.number, migration.name, migration.hash);
    })
    .immediate();
}

function assertSound(database: WritableDatabase): void {
  const orphans = database.client.pragma('foreign_key_check') as unknown[];
  const integrity = database.client.pragma('integrity_check', { simple: true });
  if (orphans.length > 0 || integrity !== 'ok') {
    throw new IntegrityFault(`the database is damaged after its migration: ${String(integrity)}`);
  }
}
