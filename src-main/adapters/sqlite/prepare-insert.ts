import { getTableColumns, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { WritableDatabase } from './open-database.ts';

/**
 * An INSERT of whole rows, prepared once: building one costs more than running it.
 *
 * A column that a row leaves out becomes null, which for an ordinal means the next one. Answers with
 * the row's ordinal.
 */
export function prepareInsert<Table extends SQLiteTable>(
  database: WritableDatabase,
  table: Table,
): (row: Table['$inferInsert']) => number {
  const columns = Object.keys(getTableColumns(table));
  const blank = Object.fromEntries(columns.map((column) => [column, null]));
  const placeholders = Object.fromEntries(
    columns.map((column) => [column, sql.placeholder(column)]),
  ) as unknown as Table['$inferInsert'];
  const statement = database.orm.insert(table).values(placeholders).prepare();
  return (row) => Number(statement.run({ ...blank, ...row }).lastInsertRowid);
}
