import { sql } from 'drizzle-orm';
import type { OrderId } from '#shared/kernel/ids.ts';
import type { Person } from '../../api/person.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { arrayParameter } from '../../db/rows.ts';

/**
 * Voids orders: none of their numbers can win or be sold again, and each stays on record with the
 * reason (GLI-31 2.3.3). The caller holds what keeps these orders from changing meanwhile.
 */
export async function takeOutOfPlay(
  central: Central,
  transaction: Transaction,
  person: Person,
  orderIds: readonly OrderId[],
  reason: string,
): Promise<void> {
  const ids = arrayParameter(orderIds, 'uuid[]');
  const now = central.now().toISOString();
  await transaction.execute(sql`
    UPDATE rsu_allocations allocation
    SET tickets_sold = tickets_sold - dead.count, tickets_voided = tickets_voided + dead.count
    FROM (SELECT rsu_allocation_id AS id, sum(end_index - start_index + 1) AS count
          FROM order_allocations part
          WHERE order_id = ANY(${ids})
            AND EXISTS (SELECT 1 FROM tickets WHERE order_id = part.order_id AND state = 'sold')
          GROUP BY rsu_allocation_id) AS dead
    WHERE allocation.id = dead.id`);
  await transaction.execute(sql`
    UPDATE tickets SET state = 'voided', voided_at = ${now}::TIMESTAMPTZ,
      voided_by = ${person.userId}, voided_reason = ${reason}, updated_at = ${now}::TIMESTAMPTZ
    WHERE order_id = ANY(${ids}) AND state = 'sold'`);
  await transaction.execute(sql`
    UPDATE orders SET updated_at = ${now}::TIMESTAMPTZ, updated_by = ${person.userId}
    WHERE id = ANY(${ids})`);
}
