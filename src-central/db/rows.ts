import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from './database.ts';

/** The rows of a hand-written query. `Row` states what its SELECT or RETURNING list yields. */
export async function rowsOf<Row extends object>(
  database: Queryable,
  query: SQL,
): Promise<readonly Row[]> {
  const result = await database.execute(query);
  return result.rows as unknown as readonly Row[];
}

/** The first row of a hand-written query, if there is one. */
export async function firstRowOf<Row extends object>(
  database: Queryable,
  query: SQL,
): Promise<Row | undefined> {
  return (await rowsOf<Row>(database, query))[0];
}

/** A whole list as one parameter, cast to a PostgreSQL array type such as `uuid[]`. */
export function arrayParameter(values: readonly unknown[], type: `${string}[]`): SQL {
  return sql`${sql.param(values)}::${sql.raw(type)}`;
}
