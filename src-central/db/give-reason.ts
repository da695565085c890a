import { sql } from 'drizzle-orm';
import type { Transaction } from './database.ts';

/** Says for the rest of the transaction why something is done; the histories keep it. */
export async function giveReason(transaction: Transaction, reason: string): Promise<void> {
  await transaction.execute(sql`SELECT set_config('counterfoil.reason', ${reason}, TRUE)`);
}
