import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { backUpDatabase } from '#main/adapters/sqlite/back-up-database.ts';
import { type MigrationOptions, migrate } from '#main/adapters/sqlite/migrate.ts';
import {
  openReadOnlyDatabase,
  openWritableDatabase,
  type WritableDatabase,
} from '#main/adapters/sqlite/open-database.ts';
import { JOURNALED_TABLES, NOTE_TABLES } from '#main/adapters/sqlite/schema.ts';
import { MIGRATIONS, makeTemporaryFolder } from '#test/helpers/terminal-database.ts';

const NEWEST = readdirSync(MIGRATIONS).length;

function open(path: string, options: Partial<MigrationOptions> = {}) {
  const database = openWritableDatabase(path);
  const outcome = migrate(database, {
    migrationsDirectory: MIGRATIONS,
    backUp: () => {},
    ...options,
  });
  return { database, outcome };
}

function appliedNames({ client }: WritableDatabase): readonly string[] {
  return client
    .prepare<[], string>('SELECT name FROM schema_migrations ORDER BY number')
    .pluck()
    .all();
}

/** The schema as SQLite keeps it, without its own tables. */
function readSchema({ client }: WritableDatabase) {
  return client
    .prepare(
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();
}

test('from empty to newest equals the tables that the program works with', () => {
  const { database, outcome } = open(':memory:');
  expect(outcome).toEqual({ ok: true, value: NEWEST });
  const describeColumn = (name: string) =>
    database.client.prepare(`
      SELECT name, lower(type) AS type, "notnull" AS is_required, pk > 0 AS is_key
      FROM pragma_table_info('${name}')`);
  for (const table of [...JOURNALED_TABLES, ...NOTE_TABLES]) {
    const { name, columns } = getTableConfig(table);
    const expected = columns.map((column) => ({
      name: column.name,
      type: column.getSQLType(),
      is_required: Number(column.notNull),
    }));
    const actual = describeColumn(name)
      .all()
      .map((row) => {
        const { is_key: _, ...column } = row as Record<string, unknown>;
        return column;
      });
    expect({ name, columns: actual }).toEqual({ name, columns: expected });
  }
  database.client.close();
});

test('every table is strict, and every one is known to the program', () => {
  const { database } = open(':memory:');
  const tables = database.client
    .prepare(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  const known = [...JOURNALED_TABLES, ...NOTE_TABLES].map((table) => getTableConfig(table).name);
  expect(tables).toHaveLength(known.length + 1);
  expect(tables).toEqual(
    expect.arrayContaining([...known, 'schema_migrations'].map((name) => ({ name, strict: 1 }))),
  );
  database.client.close();
});

test.each(Array.from({ length: NEWEST - 1 }, (_, index) => index + 1))(
  'a till stopped at migration %i goes on to the newest, after a backup of what it had',
  (stopAt) => {
    using folder = makeTemporaryFolder();
    const path = join(folder.path, 'terminal.db');
    const stopped = open(path, { stopAt });
    expect(appliedNames(stopped.database)).toHaveLength(stopAt);
    stopped.database.client.close();

    const backup = join(folder.path, 'backup.db');
    const database = openWritableDatabase(path);
    const options = {
      migrationsDirectory: MIGRATIONS,
      backUp: () => backUpDatabase(database, backup),
    };
    expect(migrate(database, options)).toEqual({ ok: true, value: NEWEST - stopAt });
    expect(migrate(database, { ...options, backUp: () => expect.unreachable() })).toEqual({
      ok: true,
      value: 0,
    });
    const direct = open(':memory:');
    expect(readSchema(database)).toEqual(readSchema(direct.database));
    direct.database.client.close();
    database.client.close();

    const copy = openReadOnlyDatabase(backup);
    expect(copy.client.prepare('SELECT count(*) FROM schema_migrations').pluck().get()).toBe(
      stopAt,
    );
    copy.client.close();
  },
);

test('a migration that fails leaves the schema before it, and no record', () => {
  using folder = makeTemporaryFolder();
  const migrationsDirectory = join(folder.path, 'migrations');
  cpSync(MIGRATIONS, migrationsDirectory, { recursive: true });
  const number = String(NEWEST + 1).padStart(4, '0');
  writeFileSync(
    join(migrationsDirectory, `${number}_break_things.sql`),
    'CREATE TABLE half_done (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);',
  );
  const { database } = open(join(folder.path, 'terminal.db'));
  const before = readSchema(database);
  expect(() => migrate(database, { migrationsDirectory, backUp: () => {} })).toThrow(/nowhere/);
  expect(readSchema(database)).toEqual(before);
  expect(appliedNames(database)).toHaveLength(NEWEST);
  database.client.close();
});

test('a till killed in the middle of a migration starts it again', async () => {
  using folder = makeTemporaryFolder();
  const migrationsDirectory = join(folder.path, 'migrations');
  mkdirSync(migrationsDirectory);
  writeFileSync(
    join(migrationsDirectory, '0001_create_numbers.sql'),
    'CREATE TABLE numbers (n INTEGER NOT NULL) STRICT;',
  );
  writeFileSync(
    join(migrationsDirectory, '0002_fill_numbers.sql'),
    `INSERT INTO numbers
     WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 3000000)
     SELECT n FROM counted;`,
  );
  const path = join(folder.path, 'terminal.db');
  const migrator = fileURLToPath(
    new URL('../helpers/terminal-database-migrator.ts', import.meta.url),
  );
  const child = spawn(process.execPath, [migrator, path, migrationsDirectory], { stdio: 'ignore' });
  while (!existsSync(`${path}-wal`)) await setTimeout(5);
  await setTimeout(50);
  child.kill('SIGKILL');
  await once(child, 'exit');

  const { database, outcome } = open(path, { migrationsDirectory });
  expect(outcome.ok).toBe(true);
  expect(appliedNames(database)).toEqual(['0001_create_numbers.sql', '0002_fill_numbers.sql']);
  expect(database.client.prepare('SELECT count(*), sum(n) FROM numbers').raw().get()).toEqual([
    3_000_000,
    (3_000_000 * 3_000_001) / 2,
  ]);
  database.client.close();
});

test('a database of a newer program is refused, and stays as it is', () => {
  using folder = makeTemporaryFolder();
  const older = join(folder.path, 'migrations');
  cpSync(MIGRATIONS, older, {
    recursive: true,
    filter: (source) => !source.includes(String(NEWEST).padStart(4, '0')),
  });
  const { database } = open(join(folder.path, 'terminal.db'));
  const before = readSchema(database);
  const backUp = () => expect.unreachable();
  expect(migrate(database, { migrationsDirectory: older, backUp })).toEqual({
    ok: false,
    failure: { kind: 'newer-database', appliedCount: NEWEST, knownCount: NEWEST - 1 },
  });
  expect(readSchema(database)).toEqual(before);
  database.client.close();
});

test('an edited migration is refused', () => {
  using folder = makeTemporaryFolder();
  const edited = join(folder.path, 'migrations');
  cpSync(MIGRATIONS, edited, { recursive: true });
  const { database } = open(join(folder.path, 'terminal.db'));
  const [, second = ''] = readdirSync(edited);
  appendFileSync(join(edited, second), '\n-- later thoughts\n');
  expect(migrate(database, { migrationsDirectory: edited, backUp: () => {} })).toEqual({
    ok: false,
    failure: { kind: 'edited-migration', name: second },
  });
  database.client.close();
});

test('a gap between migrations is a bug', () => {
  using folder = makeTemporaryFolder();
  const gappy = join(folder.path, 'migrations');
  cpSync(MIGRATIONS, gappy, { recursive: true, filter: (source) => !source.includes('0002_') });
  const database = openWritableDatabase(':memory:');
  expect(() => migrate(database, { migrationsDirectory: gappy, backUp: () => {} })).toThrow(
    'migration 2 is missing: found 0003_create_mirror.sql',
  );
  database.client.close();
});
