import { type SQL, sql } from 'drizzle-orm';

/** A WHERE clause of all the conditions that are given. */
export function whereAll(conditions: readonly (SQL | undefined)[]): SQL {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? sql`` : sql`WHERE ${sql.join(given, sql` AND `)}`;
}

/** A condition with a value, or none where the value is absent. */
export function ifGiven<Value>(
  value: Value | undefined,
  condition: (value: Value) => SQL,
): SQL | undefined {
  return value === undefined ? undefined : condition(value);
}
