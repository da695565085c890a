import { type Database, type Transaction, transactAs } from './database.ts';
import { databaseFaultOf } from './database-fault.ts';

/** How often one transaction is tried before its conflict is the caller's. */
const ATTEMPTS = 5;

/**
 * Runs `work` as `transactAs` does, and again when another transaction was in its way (a deadlock,
 * or a serialization failure). `work` changes nothing but the database.
 */
export async function transactAgain<Value>(
  database: Database,
  actor: Parameters<typeof transactAs>[1],
  work: (transaction: Transaction) => Promise<Value>,
): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transactAs(database, actor, work);
    } catch (error) {
      if (attempt === ATTEMPTS || databaseFaultOf(error)?.kind !== 'conflict') throw error;
    }
  }
}
