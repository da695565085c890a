import { type Column, eq, getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { invariant } from '#shared/kernel/invariant.ts';
import type { WritableDatabase } from './open-database.ts';

type ColumnName<Table extends SQLiteTable> = keyof Table['$inferSelect'] & string;

/**
 * An UPDATE of some columns of the one row that has `key`, prepared once.
 *
 * Throws if there is no such row: an entry that changes what is not there is a bug.
 */
export function prepareUpdate<
  Table extends SQLiteTable,
  Key extends ColumnName<Table>,
  Changed extends ColumnName<Table>,
>(
  database: WritableDatabase,
  table: Table,
  key: Key,
  changed: readonly Changed[],
): (row: Pick<Table['$inferSelect'], Key | Changed>) => void {
  const columns = getTableColumns(table) as Readonly<Record<string, Column>>;
  const placeholderOf = (name: string) =>
    sql`${sql.param(sql.placeholder(name), columnNamed(columns, name))}`;
  const assignments = Object.fromEntries(changed.map((name) => [name, placeholderOf(name)]));
  const statement = database.orm
    .update(table)
    .set(assignments as never)
    .where(eq(columnNamed(columns, key), placeholderOf(key)))
    .prepare();
  return (row) => {
    const { changes } = statement.run(row);
    invariant(changes === 1, `no row of ${getTableName(table)} has ${key} ${String(row[key])}`);
  };
}

function columnNamed(columns: Readonly<Record<string, Column>>, name: string): Column {
  const column = columns[name];
  invariant(column !== undefined, `no column ${name}`);
  return column;
}
