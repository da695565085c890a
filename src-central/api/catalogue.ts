import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { OrganisationRole } from '#shared/contract/central/people/roles.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId, UserId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Central } from '../central.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import type { OrderedRows, PageRequest } from '../db/paging.ts';
import { firstRowOf } from '../db/rows.ts';
import type { TypedApp } from '../typed-app.ts';
import { EVERY_ROLE } from './access.ts';
import { listPage } from './pages.ts';
import { personCommand, personQuery } from './person-route.ts';
import type { Problem } from './problems.ts';
import { checkRevision } from './revision.ts';

/** Who changes a row: its `created_by` or `updated_by`. Null for the program itself. */
export interface Author {
  readonly userId: UserId | null;
  readonly now: Date;
}

/**
 * Things of one kind that an organisation keeps: everybody of it reads them, some may add and change
 * them, nobody deletes them.
 */
export interface Catalogue<Row extends object, Item, Query extends PageRequest, Added, Changed> {
  readonly area: string;
  /** One of them, in words. */
  readonly noun: string;
  /** `all` ends with the list, `one` with the id. */
  readonly urls: { readonly all: string; readonly one: string };
  readonly writers: readonly OrganisationRole[];
  readonly schemas: {
    readonly item: z.ZodType<unknown, Item>;
    readonly page: z.ZodType<unknown, { items: Item[]; nextCursor: string | null }>;
    readonly query: z.ZodType<Query>;
    readonly changed: z.ZodType<Changed>;
  };
  /** The table whose row is locked and whose revision is checked. */
  readonly table: string;
  /** A SELECT of an organisation's rows, `id` and `revision` (see `REVISION`) among its columns. */
  rows(organisationId: OrganisationId, query: Partial<Query>): SQL;
  readonly key: OrderedRows['key'];
  itemOf(row: Row): Item;
  /** How one is added; absent where that has a call of its own. */
  readonly adding?: {
    readonly schema: z.ZodType<Added>;
    add(
      transaction: Transaction,
      organisationId: OrganisationId,
      body: Added,
      author: Author,
    ): Promise<Result<string, Problem>>;
  };
  change(
    transaction: Transaction,
    id: string,
    body: Changed,
    author: Author,
    organisationId: OrganisationId,
  ): Promise<Result<unknown, Problem>>;
}

/** The version of a row, in a SELECT from one table: PostgreSQL's own mark of its last change. */
export const REVISION = sql.raw('xmin::TEXT AS revision');

const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const oneParams = z.looseObject({ organisationId: idSchema<OrganisationId>() });

/** Declares the calls of a catalogue: list, read, add, change. */
export function registerCatalogue<
  Row extends object,
  Item,
  Query extends PageRequest,
  Added,
  Changed,
>(
  routes: TypedApp,
  central: Central,
  catalogue: Catalogue<Row, Item, Query, Added, Changed>,
): void {
  const { area, noun, urls, schemas } = catalogue;
  const reading = { scope: 'organisation', roles: EVERY_ROLE } as const;
  const writing = { scope: 'organisation', roles: catalogue.writers } as const;
  const idOf = (params: Record<string, unknown>) => String(params[lastParameter(urls.one)]);

  personQuery(routes, central, {
    url: urls.all,
    access: reading,
    area,
    summary: `List the ${noun}s`,
    params: organisationParams,
    query: schemas.query,
    answer: schemas.page,
    handler: ({ params, query }) =>
      listPage<Row, Item>(
        central.database,
        {
          rows: catalogue.rows(params.organisationId, query),
          key: catalogue.key,
          direction: 'ascending',
          item: catalogue.itemOf,
        },
        query,
      ),
  });

  personQuery(routes, central, {
    url: urls.one,
    access: reading,
    area,
    summary: `Read a ${noun}`,
    params: oneParams,
    answer: schemas.item,
    handler: async ({ params }) =>
      ok(await readOne(central.database, catalogue, params.organisationId, idOf(params))),
  });

  const { adding } = catalogue;
  if (adding !== undefined) {
    personCommand(routes, central, {
      method: 'POST',
      url: urls.all,
      access: writing,
      area,
      summary: `Add a ${noun}`,
      params: organisationParams,
      body: adding.schema,
      status: 201,
      answer: schemas.item,
      handler: async (transaction, { person, params: { organisationId }, body }) => {
        const author = { userId: person.userId, now: central.now() };
        const added = await adding.add(transaction, organisationId, body, author);
        if (!added.ok) return added;
        return ok(await readOne(transaction, catalogue, organisationId, added.value));
      },
    });
  }

  personCommand(routes, central, {
    method: 'PUT',
    url: urls.one,
    access: writing,
    area,
    summary: `Change a ${noun}`,
    params: oneParams,
    body: schemas.changed,
    status: 200,
    answer: schemas.item,
    handler: async (transaction, { person, params, body, revision }) => {
      const id = idOf(params);
      const current = await lockRevision(transaction, catalogue.table, id);
      const checked = checkRevision(revision, current);
      if (!checked.ok) return checked;
      const author = { userId: person.userId, now: central.now() };
      const changed = await catalogue.change(transaction, id, body, author, params.organisationId);
      if (!changed.ok) return changed;
      return ok(await readOne(transaction, catalogue, params.organisationId, id));
    },
  });
}

function lastParameter(url: string): string {
  return url.slice(url.lastIndexOf(':') + 1);
}

async function readOne<Row extends object, Item>(
  database: Queryable,
  catalogue: Pick<Catalogue<Row, Item, PageRequest, never, never>, 'rows' | 'itemOf'>,
  organisationId: OrganisationId,
  id: string,
): Promise<Item> {
  const row = await firstRowOf<Row>(
    database,
    sql`SELECT * FROM (${catalogue.rows(organisationId, {})}) AS listed WHERE id = ${id}`,
  );
  invariant(row !== undefined, 'what a path names was looked up before');
  return catalogue.itemOf(row);
}

/** Locks a row, so that nobody changes it meanwhile, and says which revision of it there is. */
export async function lockRevision(
  transaction: Transaction,
  table: string,
  id: string,
): Promise<string> {
  const row = await firstRowOf<{ readonly revision: string }>(
    transaction,
    sql`SELECT ${REVISION} FROM ${sql.identifier(table)} WHERE id = ${id} FOR NO KEY UPDATE`,
  );
  invariant(row !== undefined, 'what a path names was looked up before');
  return row.revision;
}
