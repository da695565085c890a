import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkMemory, isMemoryGood } from '#main/adapters/sqlite/memory-check/check-memory.ts';
import { verifyOlderEntries } from '#main/adapters/sqlite/memory-check/verify-older-entries.ts';
import {
  openWritableDatabase,
  type WritableDatabase,
} from '#main/adapters/sqlite/open-database.ts';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import {
  MIGRATIONS,
  openTestDatabase,
  type TestDatabase,
} from '#test/helpers/terminal-database.ts';
import { createHistoryPlayer, type HistoryStep } from '#test/helpers/terminal-database-history.ts';
import { readJournaledTables } from '#test/helpers/terminal-database-tables.ts';

const verifier = createSignatureVerifier();

const NIGHT: readonly HistoryStep[] = [
  { kind: 'mirror', peopleCount: 3, newPins: false, state: 'active' },
  { kind: 'numbers', count: 10, mode: 'sequential', blockSize: 20 },
  { kind: 'numbers', count: 40, mode: 'random', blockSize: 20 },
  { kind: 'control', state: 'active', isEnabled: true },
  { kind: 'choose' },
  { kind: 'sign-in', person: 1, isRight: true },
  { kind: 'sell', packageSizes: [3] },
  { kind: 'print', outcome: 'printed' },
  { kind: 'sell', packageSizes: [5, 5] },
  { kind: 'print', outcome: 'unknown' },
  { kind: 'sell', packageSizes: [2] },
];

/** A till after some sales. */
function afterSales(steps: readonly HistoryStep[] = NIGHT): TestDatabase {
  const till = openTestDatabase();
  const player = createHistoryPlayer(till.unitOfWork, till.key);
  player.enrol();
  for (const step of steps) player.play(step);
  return till;
}

function check(database: WritableDatabase) {
  return checkMemory(database, {
    migrationsDirectory: MIGRATIONS,
    verifier,
    monotonicMs: () => performance.now(),
  });
}

/** The names and details of the parts that failed. */
function failures(database: WritableDatabase): readonly string[] {
  return check(database)
    .checks.filter(({ isPassed }) => !isPassed)
    .map(({ name, detail }) => `${name}: ${detail}`);
}

/** Runs SQL that the triggers would refuse, as somebody with the file in hands would. */
function tamper({ client }: WritableDatabase, statements: string): void {
  const triggers = client
    .prepare<[], { readonly name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .all();
  client.pragma('foreign_keys = OFF');
  for (const { name } of triggers) client.exec(`DROP TRIGGER ${name}`);
  client.exec(statements);
}

test('a sound till passes every part', () => {
  using till = afterSales();
  const result = check(till.database);
  expect(isMemoryGood(result)).toBe(true);
  expect(result.checks).toEqual([
    { name: 'database file', isPassed: true, detail: 'SQLite finds nothing wrong' },
    { name: 'references between rows', isPassed: true, detail: 'every row has its parents' },
    {
      name: 'journal, sales and print jobs',
      isPassed: true,
      detail: expect.stringMatching(/^entries 1 to 14 of the chain /),
    },
    { name: 'counters and sums', isPassed: true, detail: '10 comparisons agree' },
    { name: 'kept facts', isPassed: true, detail: '7 tables equal what 7 entries make' },
  ]);
});

test('a till that was never enrolled passes', () => {
  using till = openTestDatabase();
  expect(failures(till.database)).toEqual([]);
});

test.each([
  ['an edited amount', 'UPDATE orders SET amount_minor = amount_minor + 1 WHERE ordinal = 2'],
  [
    'an amount moved from one order to another',
    'UPDATE orders SET amount_minor = amount_minor + CASE ordinal WHEN 2 THEN 100 ELSE -100 END WHERE ordinal IN (2, 3)',
  ],
  [
    'a deleted order',
    'DELETE FROM print_jobs WHERE order_ordinal = 4; DELETE FROM order_numbers WHERE order_ordinal = 4; DELETE FROM orders WHERE ordinal = 4',
  ],
  ['a deleted entry', 'DELETE FROM journal WHERE seq = 9'],
  [
    'a deleted last sale with all its rows',
    'DELETE FROM journal WHERE seq = 14; DELETE FROM print_jobs WHERE order_ordinal = 4; DELETE FROM order_numbers WHERE order_ordinal = 4; DELETE FROM orders WHERE ordinal = 4; DELETE FROM payments WHERE seq = 14; DELETE FROM checkouts WHERE seq = 14',
  ],
  [
    'reordered entries',
    'UPDATE journal SET seq = 999 WHERE seq = 9; UPDATE journal SET seq = 9 WHERE seq = 10; UPDATE journal SET seq = 10 WHERE seq = 999',
  ],
  [
    'an edited entry',
    "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '3 numbers', '4 numbers') AS BLOB) WHERE seq = 8",
  ],
  ['an entry filed as another kind', "UPDATE journal SET kind = 'print.started' WHERE seq = 8"],
  ['a removed signature', 'UPDATE journal SET signature = NULL WHERE seq = 8'],
  [
    'an allocation set back',
    'UPDATE allocations SET next_index = next_index - 1 WHERE ordinal = 1',
  ],
  [
    'a validation block set back',
    'UPDATE validation_blocks SET next_sequence = next_sequence - 1 WHERE ordinal = 1',
  ],
  ['an edited price', "UPDATE raffle_events SET content = replace(content, '250', '350')"],
  ['an edited PIN', "UPDATE operators SET changed_credential = 'AAAA' WHERE position = 100"],
  ['a lifted latch', "UPDATE raffle_events SET sales_end = '2030-01-01T00:00:00.000Z'"],
  [
    'a print job settled by hand',
    "UPDATE print_jobs SET state = 'finished', outcome = 'printed' WHERE ordinal = 4",
  ],
  ['a changed payment', 'UPDATE payments SET tendered_minor = tendered_minor + 5'],
])('%s is found', (_, statements) => {
  using till = afterSales();
  tamper(till.database, statements);
  expect(failures(till.database)).not.toEqual([]);
});

test('any one flipped byte is found, unless no row says anything else for it', () => {
  using till = afterSales();
  const rows = readJournaledTables(till.database);
  till.database.client.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(till.path);
  const path = `${till.path}.flipped`;
  let foundCount = 0;
  for (let at = 4_001; at < bytes.length; at += 6_007) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 0x01;
    writeFileSync(path, flipped);
    if (isFoundAt(path, rows)) foundCount += 1;
  }
  // The rest lies in free space.
  expect(foundCount).toBeGreaterThan(3);
});

/** Whether a flip is found. Throws if it is not, although it changed a row. */
function isFoundAt(path: string, rows: Readonly<Record<string, unknown[]>>): boolean {
  let database: WritableDatabase;
  try {
    database = openWritableDatabase(path);
  } catch {
    return true;
  }
  try {
    const found = failures(database);
    if (found.length === 0) expect(readJournaledTables(database)).toEqual(rows);
    return found.length > 0;
  } finally {
    database.client.close();
  }
}

test('after a checkpoint only what follows is read before selling; the rest in the background', async () => {
  using till = afterSales([...NIGHT, { kind: 'checkpoint' }, { kind: 'sell', packageSizes: [1] }]);
  expect(check(till.database).checks[2]).toEqual({
    name: 'journal, sales and print jobs',
    isPassed: true,
    detail: expect.stringMatching(/^entries 15 to 16 of the chain /),
  });
  expect(await verifyOlderEntries(till.database, verifier)).toBe(14);

  tamper(till.database, 'UPDATE payments SET tendered_minor = tendered_minor + 5 WHERE seq = 8');
  expect(failures(till.database)).toEqual([]);
  await expect(verifyOlderEntries(till.database, verifier)).rejects.toThrow(
    'the rows of the sale in entry 8 differ from the entry',
  );
});

test('an amount edited before the checkpoint is found at once', () => {
  using till = afterSales([...NIGHT, { kind: 'checkpoint' }]);
  tamper(till.database, 'UPDATE orders SET amount_minor = amount_minor + 1 WHERE ordinal = 1');
  expect(failures(till.database)).toContain(
    'journal, sales and print jobs: what lies before entry 15 differs from its checkpoint',
  );
});
