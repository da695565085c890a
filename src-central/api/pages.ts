import type { SQL } from 'drizzle-orm';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Queryable } from '../db/database.ts';
import { type OrderedRows, type Page, type PageRequest, readPage } from '../db/paging.ts';
import { type Problem, refuseWith } from './problems.ts';

/** One page of a list for a person; `item` turns a row into what the contract says. */
export async function listPage<Row extends object, Item>(
  database: Queryable,
  list: Omit<OrderedRows, 'rows'> & { readonly rows: SQL; readonly item: (row: Row) => Item },
  page: PageRequest,
): Promise<Result<{ items: Item[]; nextCursor: string | null }, Problem>> {
  const read: Result<Page<Row>, 'cursor.invalid'> = await readPage<Row>(database, list, page);
  return read.ok
    ? ok({ items: read.value.items.map(list.item), nextCursor: read.value.nextCursor })
    : refuseWith(read.failure, 'ask for the first page again');
}
