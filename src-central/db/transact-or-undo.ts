import type { Refused, Result } from '#shared/kernel/result.ts';
import { type Actor, type Database, type Transaction, transactAs } from './database.ts';

/** Carries a refusal out of the transaction, so that the database undoes it. */
class RefusedWork<Failure> extends Error {
  readonly refused: Refused<Failure>;
  constructor(refused: Refused<Failure>) {
    super('refused');
    this.refused = refused;
  }
}

/** Runs `work` in one transaction of `actor`. A refusal undoes all of it. */
export async function transactOrUndo<Value, Failure>(
  database: Database,
  actor: Actor,
  work: (transaction: Transaction) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  try {
    return await transactAs(database, actor, async (transaction) => {
      const result = await work(transaction);
      if (!result.ok) throw new RefusedWork(result);
      return result;
    });
  } catch (error) {
    if (error instanceof RefusedWork) return error.refused as Refused<Failure>;
    throw error;
  }
}
