import { sql } from 'drizzle-orm';
import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { arrayParameter, rowsOf } from '../../db/rows.ts';
import { devicePublicKey } from '../../secrets/device-signatures.ts';
import { subjectsOf } from './journal-entry-facts.ts';
import type { EntryContext } from './judge-entry.ts';
import { loadSaleContext } from './load-sale-context.ts';
import type { ChainRow } from './repository.ts';

/** What has to be known to judge `bodies`, entries of one chain. */
export async function loadEntryContext(
  central: Central,
  transaction: Transaction,
  chain: ChainRow,
  bodies: readonly EntryBody[],
): Promise<EntryContext> {
  const named = bodies.flatMap((body) => subjectsOf(body).subjectIds);
  const known = await rowsOf<{ id: string; is_order: boolean }>(
    transaction,
    sql`SELECT id, FALSE AS is_order FROM print_jobs
        WHERE rsu_id = ${chain.rsuId} AND id = ANY(${arrayParameter(named, 'uuid[]')})
      UNION ALL SELECT id, TRUE FROM orders
        WHERE rsu_id = ${chain.rsuId} AND id = ANY(${arrayParameter(named, 'uuid[]')})`,
  );
  return {
    ...(await loadSaleContext(central, transaction, chain, bodies)),
    deviceKey: devicePublicKey(chain.devicePublicKey),
    knownPrintJobs: new Set(known.filter((row) => !row.is_order).map(({ id }) => id)),
    knownOrders: new Set(known.filter((row) => row.is_order).map(({ id }) => id)),
  };
}
