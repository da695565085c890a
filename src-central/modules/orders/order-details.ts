import type { OrderDetails } from '#shared/contract/central/people/orders.ts';
import type { OrderId } from '#shared/kernel/ids.ts';
import type { Central } from '../../central.ts';
import { readConsistently } from '../../db/database.ts';
import { readRefundsOf } from '../void-requests/refunds.ts';
import { readVoidRequestsOf } from '../void-requests/repository.ts';
import { readOrder, readPayments, readPrints, readTickets } from './repository.ts';

/** An order with all that is known of it, as of one moment. */
export function readOrderDetails(central: Central, orderId: OrderId): Promise<OrderDetails> {
  return readConsistently(central.database, async (transaction) => ({
    ...(await readOrder(transaction, orderId)),
    tickets: await readTickets(transaction, orderId),
    payments: await readPayments(transaction, orderId),
    prints: await readPrints(transaction, orderId),
    voidRequests: await readVoidRequestsOf(transaction, { orderId }),
    refunds: await readRefundsOf(transaction, { orderId }),
  }));
}
