import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '#central/db/migrate.ts';
import { readMigrations } from '#central/db/migrations.ts';
import * as draws from '#central/db/schema/draws.ts';
import * as numbers from '#central/db/schema/numbers.ts';
import * as orderDesk from '#central/db/schema/order-desk.ts';
import * as organisations from '#central/db/schema/organisations.ts';
import * as people from '#central/db/schema/people.ts';
import * as raffleEvents from '#central/db/schema/raffle-events.ts';
import * as records from '#central/db/schema/records.ts';
import * as rsus from '#central/db/schema/rsus.ts';
import {
  createEmptyDatabase,
  createTestDatabase,
  queryDatabase,
  type TestDatabase,
} from '#test/helpers/central/test-database.ts';

let database: TestDatabase;

function query(text: string, values: readonly unknown[] = []) {
  return queryDatabase(database.url, text, values);
}

describe('the migration runner', () => {
  beforeEach(async () => {
    database = await createEmptyDatabase();
  });

  afterEach(() => database.drop());

  test('applies every migration once, also when several processes start at the same time', async () => {
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    const known = readMigrations();
    expect(await query('SELECT name, hash FROM schema_migrations ORDER BY position')).toEqual(
      known.map(({ name, hash }) => ({ name, hash })),
    );
  });

  test('refuses a database that is newer than the program', async () => {
    await migrate(database.url);
    await expect(migrate(database.url, readMigrations().slice(0, -1))).rejects.toThrow(
      'newer than this program',
    );
  });

  test('refuses an edited migration', async () => {
    const [first, ...others] = readMigrations();
    await migrate(database.url, first === undefined ? [] : [first]);
    const edited = { name: '0001_edited.sql', hash: 'other' as never, sql: '' };
    await expect(migrate(database.url, [edited, ...others])).rejects.toThrow('is not the one');
  });

  test('undoes a migration that fails half way, and goes on from there later', async () => {
    const migrations = readMigrations();
    const broken = {
      name: '0099_broken.sql',
      hash: 'x' as never,
      sql: 'CREATE TABLE half (); BROKEN',
    };
    await expect(migrate(database.url, [...migrations, broken])).rejects.toThrow('was undone');
    expect(await query("SELECT to_regclass('half') AS found")).toEqual([{ found: null }]);
    const repaired = { ...broken, sql: 'CREATE TABLE half ()' };
    await migrate(database.url, [...migrations, repaired]);
    expect(await query("SELECT to_regclass('half')::TEXT AS found")).toEqual([{ found: 'half' }]);
  });
});

describe('the migrated schema', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  const tables = [organisations, people, raffleEvents, rsus, numbers, records, draws, orderDesk]
    .flatMap((module) => Object.values(module) as unknown[])
    .filter((value) => value instanceof PgTable)
    .map((table) => getTableConfig(table));

  test.each(tables)('$name is what the program believes it to be', async ({ name, columns }) => {
    const found = await query(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS "isRequired"
       FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
       ORDER BY attname`,
      [name],
    );
    const believed = columns
      .map((column) => ({
        name: column.name,
        type: postgresName(column.getSQLType()),
        isRequired: column.notNull || column.primary,
      }))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    expect(found).toEqual(believed);
  });
});

function postgresName(type: string): string {
  return type.replace(/^char\((\d+)\)/, 'character($1)').replace('numeric(5, 2)', 'numeric(5,2)');
}
