import { asc, eq, sql } from 'drizzle-orm';
import type { TakenNumbers } from '#shared/contract/journal/sale-entries.ts';
import type { AnyDatabase } from './open-database.ts';
import { allocations, orderNumbers } from './schema.ts';

/** A function that lists the number ranges of one order, in the order they were taken. */
export function createTakenNumberRows(
  database: AnyDatabase,
): (orderOrdinal: number) => TakenNumbers[] {
  const listNumbers = database.orm
    .select({
      allocationId: allocations.allocationId,
      from: orderNumbers.firstIndex,
      to: orderNumbers.endIndex,
    })
    .from(orderNumbers)
    .innerJoin(allocations, eq(allocations.ordinal, orderNumbers.allocationOrdinal))
    .where(eq(orderNumbers.orderOrdinal, sql.placeholder('orderOrdinal')))
    .orderBy(asc(orderNumbers.position))
    .prepare();
  return (orderOrdinal) =>
    listNumbers
      .all({ orderOrdinal })
      .map(({ allocationId, from, to }) => ({ allocationId, indices: { from, to } }));
}
