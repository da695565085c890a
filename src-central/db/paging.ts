import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { Queryable } from './database.ts';
import { rowsOf } from './rows.ts';

/** The part of a list that somebody asks for. */
export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A part of a list, and where the next one begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A list in a total order: `key` names output columns of `rows`, the last of them unique. */
export interface OrderedRows {
  /** A SELECT; every column of `key` is among its output. */
  readonly rows: SQL;
  readonly key: readonly {
    readonly column: string;
    readonly type: 'timestamptz' | 'uuid' | 'text' | 'bigint' | 'integer';
  }[];
  readonly direction: 'ascending' | 'descending';
}

const cursorSchema = z.array(z.string().refine((text) => !text.includes('\u0000'))).max(8);

/**
 * One page of a list, by its key and not by counting: rows that come or go meanwhile neither repeat
 * nor hide others.
 *
 * The cursor holds the last row's key as PostgreSQL writes it, because a JavaScript date would lose
 * the microseconds. Refuses a cursor that this list did not give.
 */
export async function readPage<Row extends object>(
  database: Queryable,
  { rows, key, direction }: OrderedRows,
  page: PageRequest,
): Promise<Result<Page<Row>, 'cursor.invalid'>> {
  const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor, key);
  if (page.cursor !== undefined && after === undefined) return refuse('cursor.invalid');
  const columns = key.map(({ column }) => sql.identifier(column));
  const way = sql.raw(direction === 'ascending' ? 'ASC' : 'DESC');
  const order = columns.map((column) => sql`${column} ${way}`);
  const found = await rowsOf<Row & { readonly page_key: string[] }>(
    database,
    sql`SELECT listed.*, ARRAY[${sql.join(
      columns.map((column) => sql`${column}::TEXT`),
      sql`, `,
    )}] AS page_key
        FROM (${rows}) AS listed
        ${after === undefined ? sql`` : beyond(columns, key, direction, after)}
        ORDER BY ${sql.join(order, sql`, `)} LIMIT ${page.limit + 1}`,
  );
  const shown = found.slice(0, page.limit);
  const last = shown.at(-1);
  const hasMore = found.length > page.limit && last !== undefined;
  return ok({
    items: shown.map(({ page_key: _key, ...row }) => row as unknown as Row),
    nextCursor: hasMore ? encodeCursor(last.page_key) : null,
  });
}

function beyond(
  columns: readonly ReturnType<typeof sql.identifier>[],
  key: OrderedRows['key'],
  direction: OrderedRows['direction'],
  after: readonly string[],
): SQL {
  const sign = sql.raw(direction === 'ascending' ? '>' : '<');
  const values = key.map(({ type }, index) => sql`${after[index]}::${sql.raw(type)}`);
  return sql`WHERE (${sql.join([...columns], sql`, `)}) ${sign} (${sql.join(values, sql`, `)})`;
}

function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The key in a cursor; `undefined` if it is not one, or a value is not of its column's type. */
function decodeCursor(cursor: string, key: OrderedRows['key']): readonly string[] | undefined {
  try {
    const values = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    const fits =
      values.length === key.length &&
      key.every(({ type }, index) => isOfType(values[index] ?? '', type));
    return fits ? values : undefined;
  } catch {
    return undefined;
  }
}

function isOfType(text: string, type: OrderedRows['key'][number]['type']): boolean {
  if (!FORMS[type].test(text)) return false;
  return type !== 'timestamptz' || isDay(text.slice(0, 10));
}

/** A day that the calendar has, so that PostgreSQL reads it. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const FORMS = {
  timestamptz:
    /^[1-9]\d{3}-\d\d-\d\d ([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  text: /^/,
  bigint: /^-?\d{1,18}$/,
  integer: /^-?\d{1,9}$/,
} as const;
