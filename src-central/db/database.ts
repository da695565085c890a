import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { PersonSessionId, UserId } from '#shared/kernel/ids.ts';

/** The central's PostgreSQL, as the modules use it. */
export type Database = NodePgDatabase;

/** The inside of a transaction. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

/** Anything that runs a query: outside a transaction, or inside one. */
export type Queryable = Database | Transaction;

/** An open database. */
export interface OpenDatabase {
  readonly database: Database;
  /** Waits for running queries, then closes every connection. */
  close(): Promise<void>;
}

/** The most connections of one API process. */
const CONNECTIONS = 10;

const INT8 = 20;

// Whole numbers of 64 bits as numbers: amounts and counts stay far below 2^53. Set for the library
// as a whole, because drizzle asks the library, not the pool, how to read a type.
pg.types.setTypeParser(INT8, Number);

/** Opens a pool of connections. Connections are made when they are first needed. */
export function openDatabase(url: string): OpenDatabase {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  // A connection that breaks while idle is replaced by the pool at its next use.
  pool.on('error', () => undefined);
  return { database: drizzle(pool), close: () => pool.end() };
}

/** Who changes things: a person in a session, or a name such as `rsu:<id>` or `demo`. */
export type Actor = string | { readonly userId: UserId; readonly sessionId: PersonSessionId };

/**
 * Runs `work` in one transaction in which `actor` is the one who changes things: the audit log says
 * so (GLI-31 5.2.4). A person is `user:<id>` there, with their session.
 */
export function transactAs<Value>(
  database: Database,
  actor: Actor,
  work: (transaction: Transaction) => Promise<Value>,
): Promise<Value> {
  const sessionId = typeof actor === 'string' ? '' : actor.sessionId;
  return database.transaction(async (transaction) => {
    await transaction.execute(sql`SELECT
      set_config('counterfoil.actor', ${actorName(actor)}, TRUE),
      set_config('counterfoil.session', ${sessionId}, TRUE)`);
    return work(transaction);
  });
}

/** What the audit log calls an actor. */
function actorName(actor: Actor): string {
  return typeof actor === 'string' ? actor : `user:${actor.userId}`;
}

/** Runs `work` over one unchanging view of the database, without writing. */
export function readConsistently<Value>(
  database: Database,
  work: (transaction: Transaction) => Promise<Value>,
): Promise<Value> {
  return database.transaction(work, { isolationLevel: 'repeatable read', accessMode: 'read only' });
}
