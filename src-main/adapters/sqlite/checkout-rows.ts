import { eq, sql } from 'drizzle-orm';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import { readEntryBody } from '#shared/contract/journal/entry-body.ts';
import type { SaleCompleted } from '#shared/contract/journal/sale-entries.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import type { AnyDatabase } from './open-database.ts';
import { checkouts, journal } from './schema.ts';

/** Reads finished checkouts, as their own entries tell them. */
export function createCheckoutRows(database: AnyDatabase): Pick<TerminalRows, 'checkout'> {
  const find = database.orm
    .select({
      seq: checkouts.seq,
      soldAt: checkouts.soldAt,
      operatorId: checkouts.operatorId,
      body: journal.body,
    })
    .from(checkouts)
    .innerJoin(journal, eq(journal.seq, checkouts.seq))
    .where(eq(checkouts.checkoutId, sql.placeholder('checkoutId')))
    .prepare();

  return {
    checkout: (checkoutId) => {
      const found = find.get({ checkoutId });
      if (found === undefined) return undefined;
      const { body, ...row } = found;
      return { ...row, sale: readSale(body, row.seq) };
    },
  };
}

function readSale(bytes: Uint8Array, seq: number): SaleCompleted {
  const body = readEntryBody(bytes);
  if (!body.ok || body.value.kind !== 'sale.completed') {
    throw new IntegrityFault(`entry ${seq} should be a sale and cannot be read as one`);
  }
  return body.value.payload;
}
