import { z } from 'zod';
import {
  newOnlineOrdersSchema,
  type Order,
  onlineOrdersSchema,
  orderDetailsSchema,
  orderPageSchema,
  orderQuerySchema,
} from '#shared/contract/central/people/orders.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrderId, OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { readOrderDetails } from './order-details.ts';
import { type OrderRow, orderOf, ordersOf } from './repository.ts';
import { sellOnline } from './sell-online.ts';

const AREA = 'orders';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const raffleEventParams = organisationParams.extend({ raffleEventId: idSchema<RaffleEventId>() });
const orderParams = organisationParams.extend({ orderId: idSchema<OrderId>() });
const everybody = { scope: 'organisation', roles: EVERY_ROLE } as const;

/** Looking orders up, wherever they were sold. */
export function registerOrders(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.orders,
    access: everybody,
    area: AREA,
    summary: 'List orders, newest first: by number, raffle event, till, seller, time, state',
    params: organisationParams,
    query: orderQuerySchema,
    answer: orderPageSchema,
    handler: ({ params, query }) =>
      listPage<OrderRow, Order>(
        central.database,
        {
          rows: ordersOf(params.organisationId, query),
          key: [
            { column: 'receivedAt', type: 'timestamptz' },
            { column: 'orderId', type: 'uuid' },
          ],
          direction: 'descending',
          item: orderOf,
        },
        query,
      ),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.order,
    access: everybody,
    area: AREA,
    summary: 'Show an order with its numbers, payments, prints, voids and refunds',
    params: orderParams,
    answer: orderDetailsSchema,
    handler: async ({ params }) => ok(await readOrderDetails(central, params.orderId)),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.onlineOrders,
    access: { scope: 'organisation', roles: ['admin', 'supervisor', 'operator'] },
    area: AREA,
    summary: 'Sell what somebody has paid for on the web',
    params: raffleEventParams,
    body: newOnlineOrdersSchema,
    needsKey: true,
    status: 201,
    answer: onlineOrdersSchema,
    handler: (transaction, { params, body }) =>
      sellOnline(central, transaction, params.organisationId, params.raffleEventId, body),
  });
}
