import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '#central/db/migrate.ts';
import { readMigrations } from '#central/db/migrations.ts';
import {
  createEmptyDatabase,
  queryDatabase,
  type TestDatabase,
} from '#test/helpers/central/test-database.ts';

const OWNER = '00000000-0000-4000-8000-00000000000a';
const EVENT = '00000000-0000-4000-8000-00000000000b';
const RSU = '00000000-0000-4000-8000-00000000000c';
const PROFILE = '00000000-0000-4000-8000-00000000000d';

let database: TestDatabase;

beforeEach(async () => {
  database = await createEmptyDatabase();
});

afterEach(() => database.drop());

function query(text: string) {
  return queryDatabase(database.url, text);
}

test('records from before are given their owners, and stay as they are otherwise', async () => {
  await migrate(
    database.url,
    readMigrations().filter(({ name }) => name < '0016'),
  );
  await query(`INSERT INTO organizations (id, name, primary_currency) VALUES ('${OWNER}', 'O', 'CAD');
    INSERT INTO rsus (id, organization_id, name, device_identifier) VALUES ('${RSU}', '${OWNER}', 'T', 'T');
    INSERT INTO raffle_events (id, name, organization_id, event_identifier, state, configuration, ticket_allocation)
      VALUES ('${EVENT}', 'R', '${OWNER}', 'R-1', 'created', '{}', '{}');
    INSERT INTO jurisdiction_profiles (id, organization_id, name, profile) VALUES ('${PROFILE}', '${OWNER}', 'P', '{}');
    INSERT INTO raffle_event_profiles (raffle_event_id, jurisdiction_profile_id, profile)
      VALUES ('${EVENT}', '${PROFILE}', '{}');
    INSERT INTO prizes (event_id, name, type, value, currency, position)
      VALUES ('${EVENT}', 'P', 'fixed', 100, 'CAD', 1);
    INSERT INTO users (cognito_sub, display_name) VALUES ('somebody', 'S');
    INSERT INTO critical_events (event_type, event_id, severity) VALUES ('a', '${EVENT}', 'INFO');
    INSERT INTO critical_events (event_type, rsu_id, severity) VALUES ('b', '${RSU}', 'INFO');
    INSERT INTO critical_events (event_type, severity) VALUES ('c', 'INFO')`);
  const rows = (table: string) =>
    query(`SELECT to_jsonb(kept) - 'organization_id' AS row FROM ${table} kept ORDER BY id`);
  const before = [await rows('critical_events'), await rows('audit_log')];
  const [frozen] = await query('SELECT to_jsonb(kept) AS row FROM raffle_event_profiles kept');
  await migrate(
    database.url,
    readMigrations().filter(({ name }) => name < '0017'),
  );
  const [events, audited] = [await rows('critical_events'), await rows('audit_log')];
  // What the migration says of the frozen profile is a change, and audited like any other.
  expect([events, audited.slice(0, -1)]).toEqual(before);
  expect(audited.at(-1)).toMatchObject({
    row: { table_name: 'raffle_event_profiles', operation: 'UPDATE' },
  });
  expect(
    await query(
      'SELECT event_type AS type, organization_id AS owner FROM critical_events ORDER BY 1',
    ),
  ).toEqual([
    { type: 'a', owner: OWNER },
    { type: 'b', owner: OWNER },
    { type: 'c', owner: null },
  ]);
  expect(
    await query(
      'SELECT DISTINCT table_name AS "table", organization_id AS owner FROM audit_log ORDER BY 1',
    ),
  ).toEqual([
    { table: 'jurisdiction_profiles', owner: OWNER },
    { table: 'organizations', owner: OWNER },
    { table: 'prizes', owner: OWNER },
    { table: 'raffle_event_profiles', owner: OWNER },
    { table: 'raffle_events', owner: OWNER },
    { table: 'rsus', owner: OWNER },
    { table: 'users', owner: null },
  ]);
  expect(await query('SELECT to_jsonb(kept) AS row FROM raffle_event_profiles kept')).toEqual([
    { row: { ...(frozen?.['row'] as object), jurisdiction_profile_version: 1 } },
  ]);
  for (const table of ['critical_events', 'audit_log']) {
    await expect(query(`UPDATE ${table} SET organization_id = NULL`)).rejects.toMatchObject({
      code: '23001',
    });
  }
});
