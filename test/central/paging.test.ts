import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '#central/db/database.ts';
import { readPage } from '#central/db/paging.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/central/test-database.ts';

let created: TestDatabase;
let open: OpenDatabase;

beforeAll(async () => {
  created = await createTestDatabase();
  open = openDatabase(created.url);
});

afterAll(async () => {
  await open.close();
  await created.drop();
});

/** Moments a microsecond apart, some of them the same, and names that sort oddly. */
const rowArbitrary = fc.record({
  id: fc.uuid(),
  at: fc.integer({ min: 0, max: 5 }).map((micro) => `2026-01-01 00:00:00.00000${micro}+00`),
  name: fc.constantFrom('', 'a', 'Å', 'z', 'ß', '😀', '"', "'", '\\'),
  place: fc.integer({ min: -3, max: 3 }),
});

test('pages put together are the whole list in its order, whatever the limits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(rowArbitrary, { selector: ({ id }) => id, maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('ascending' as const, 'descending' as const),
      async (rows, limits, direction) => {
        const list = {
          rows: sql`SELECT id, at, name, place FROM json_to_recordset(${JSON.stringify(rows)}::JSON)
              AS row (id UUID, at TIMESTAMPTZ, name TEXT, place INTEGER)`,
          key: [
            { column: 'at', type: 'timestamptz' },
            { column: 'name', type: 'text' },
            { column: 'place', type: 'integer' },
            { column: 'id', type: 'uuid' },
          ],
          direction,
        } as const;
        const whole = await readPage(open.database, list, { limit: 200 });
        const paged: unknown[] = [];
        let cursor: string | undefined;
        for (let turn = 0; turn === 0 || cursor !== undefined; turn += 1) {
          const limit = limits[turn % limits.length] ?? 1;
          const page = await readPage(open.database, list, { cursor, limit });
          if (!page.ok) throw new Error(page.failure);
          expect(page.value.items.length).toBeLessThanOrEqual(limit);
          paged.push(...page.value.items);
          cursor = page.value.nextCursor ?? undefined;
        }
        expect({ ok: true, value: { items: paged, nextCursor: null } }).toEqual(whole);
        expect(paged).toHaveLength(rows.length);
      },
    ),
    { numRuns: 60 },
  );
});

test('a cursor that no list gave is refused, and is never a fault', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.array(fc.string({ unit: 'binary' })).map((key) => encode(key)),
        fc.json().map((text) => Buffer.from(text).toString('base64url')),
      ),
      async (cursor) => {
        const page = await readPage(
          open.database,
          {
            rows: sql`SELECT id, created_at FROM organizations`,
            key: [
              { column: 'created_at', type: 'timestamptz' },
              { column: 'id', type: 'uuid' },
            ],
            direction: 'ascending',
          },
          { cursor, limit: 10 },
        );
        expect(page).toEqual({ ok: false, failure: 'cursor.invalid' });
      },
    ),
    { numRuns: 60 },
  );
  const impossible = encode(['2026-13-45 99:99:99+00', '00000000-0000-0000-0000-000000000000']);
  expect(
    await readPage(
      open.database,
      {
        rows: sql`SELECT id, created_at FROM organizations`,
        key: [
          { column: 'created_at', type: 'timestamptz' },
          { column: 'id', type: 'uuid' },
        ],
        direction: 'ascending',
      },
      { cursor: impossible, limit: 10 },
    ),
  ).toEqual({ ok: false, failure: 'cursor.invalid' });
});

function encode(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}
