import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '#central/db/migrate.ts';
import { readMigrations } from '#central/db/migrations.ts';
import {
  createEmptyDatabase,
  queryDatabase,
  type TestDatabase,
} from '#test/helpers/central/test-database.ts';

const ID = '00000000-0000-4000-8000-00000000000a';

let database: TestDatabase;

beforeEach(async () => {
  database = await createEmptyDatabase();
});

afterEach(() => database.drop());

function query(text: string) {
  return queryDatabase(database.url, text);
}

test('draws and claims from before their records stay as they are, each claim open', async () => {
  await migrate(
    database.url,
    readMigrations().filter(({ name }) => name < '0018'),
  );
  await query(`INSERT INTO organizations (id, name, primary_currency) VALUES ('${ID}', 'O', 'CAD');
    INSERT INTO raffle_events (id, name, organization_id, event_identifier, state, configuration, ticket_allocation)
      VALUES ('${ID}', 'R', '${ID}', 'R-1', 'created', '{}', '{}');
    INSERT INTO prizes (id, event_id, name, type, value, currency, position)
      VALUES ('${ID}', '${ID}', 'P', 'fixed', 100, 'CAD', 1);
    INSERT INTO orders (id, validation_number, event_id, total_amount, currency, payment_status, ticket_count, source)
      VALUES ('${ID}', '1', '${ID}', 100, 'CAD', 'paid', 1, 'online');
    INSERT INTO tickets (id, event_id, draw_number, state, order_id, sold_at)
      VALUES ('${ID}', '${ID}', 7, 'sold', '${ID}', '2026-01-01T00:00Z');
    INSERT INTO draw_executions (id, raffle_event_id, state, started_at, rng_seed, conducted_by, system_checksum)
      VALUES ('${ID}', '${ID}', 'completed', '2026-01-02T00:00Z', 'seed', '${ID}', 'checksum');
    INSERT INTO draw_results (id, draw_execution_id, prize_id, position, winning_ticket_id, winning_number,
        prize_value_at_draw, selected_at)
      VALUES ('${ID}', '${ID}', '${ID}', 1, '${ID}', 7, 100, '2026-01-02T00:00Z');
    INSERT INTO prize_claims (id, draw_result_id, claimed_at, claimed_by, verification_method)
      VALUES ('${ID}', '${ID}', '2026-01-03T00:00Z', '${ID}', 'manual')`);
  const tables = ['draw_executions', 'draw_results', 'prize_claims'];
  const rows = async () =>
    Promise.all(tables.map((table) => query(`SELECT to_jsonb(kept) AS row FROM ${table} kept`)));
  const [[execution], [result], [claim]] = (await rows()) as [unknown[], unknown[], unknown[]];
  await migrate(database.url);
  const added = (before: unknown, columns: object) => [
    { row: { ...(before as { row: object }).row, ...columns } },
  ];
  expect(await rows()).toEqual([
    [execution],
    added(result, { replaces_result_id: null }),
    added(claim, { state: 'open', decided_by: null, decided_at: null, decision_reason: null }),
  ]);
  expect(
    await query('SELECT draw_number, event_identifier, total_amount FROM counterfoils'),
  ).toEqual([{ draw_number: 7, event_identifier: 'R-1', total_amount: 100 }]);
});
