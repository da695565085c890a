import { getTableName } from 'drizzle-orm';
import type { AnyDatabase } from '#main/adapters/sqlite/open-database.ts';
import { JOURNALED_TABLES } from '#main/adapters/sqlite/schema.ts';

/** Every row of every journaled table, by the table's name. */
export function readJournaledTables(database: AnyDatabase): Readonly<Record<string, unknown[]>> {
  return Object.fromEntries(
    JOURNALED_TABLES.map((table) => {
      const name = getTableName(table);
      return [name, database.client.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`).all()];
    }),
  );
}
