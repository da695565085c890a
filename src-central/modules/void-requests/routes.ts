import { z } from 'zod';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import {
  newRefundSchema,
  newVoidRequestSchema,
  type Refund,
  refundPageQuerySchema,
  refundPageSchema,
  refundSchema,
  type VoidRequest,
  voidDecisionSchema,
  voidRequestPageSchema,
  voidRequestQuerySchema,
  voidRequestSchema,
} from '#shared/contract/central/people/void-requests.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrderId, OrganisationId, QuarantineId, VoidRequestId } from '#shared/kernel/ids.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { decideVoid } from './decide-void.ts';
import { type RefundRow, refundEntry, refundOf, refundOrder, refundsOf } from './refunds.ts';
import { type VoidRequestRow, voidRequestOf, voidRequestsOf } from './repository.ts';
import { requestVoidOfEntry, requestVoidOfOrder } from './request-void.ts';

const AREA = 'voids';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const orderParams = organisationParams.extend({ orderId: idSchema<OrderId>() });
const entryParams = organisationParams.extend({ quarantineId: idSchema<QuarantineId>() });
const requestParams = organisationParams.extend({ voidRequestId: idSchema<VoidRequestId>() });

const everybody = { scope: 'organisation', roles: EVERY_ROLE } as const;
const staff = { scope: 'organisation', roles: ['admin', 'supervisor', 'operator'] } as const;
const supervisors = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;

/** Voids, which take two people, and what was paid back (GLI-31 2.3.3). */
export function registerVoidRequests(routes: TypedApp, central: Central): void {
  registerRequests(routes, central);
  registerRefunds(routes, central);
}

function registerRequests(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.voidRequests,
    access: everybody,
    area: AREA,
    summary: 'List requests for voids, newest first',
    params: organisationParams,
    query: voidRequestQuerySchema,
    answer: voidRequestPageSchema,
    handler: ({ params, query }) =>
      listPage<VoidRequestRow, VoidRequest>(
        central.database,
        {
          rows: voidRequestsOf(params.organisationId, query.state),
          key: [
            { column: 'requestedAt', type: 'timestamptz' },
            { column: 'voidRequestId', type: 'uuid' },
          ],
          direction: 'descending',
          item: voidRequestOf,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.orderVoidRequests,
    access: staff,
    area: AREA,
    summary: 'Ask for a void of an order: its till is told, or another person decides',
    params: orderParams,
    body: newVoidRequestSchema,
    status: 201,
    answer: voidRequestSchema,
    handler: (transaction, { person, params, body }) =>
      requestVoidOfOrder(central, transaction, person, params.organisationId, params.orderId, body),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.quarantineVoidRequests,
    access: staff,
    area: AREA,
    summary: 'Ask for a void of an entry under review: another person decides',
    params: entryParams,
    body: newVoidRequestSchema,
    status: 201,
    answer: voidRequestSchema,
    handler: (transaction, { person, params, body }) =>
      requestVoidOfEntry(
        central,
        transaction,
        person,
        params.organisationId,
        params.quarantineId,
        body,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.voidDecision,
    access: supervisors,
    area: AREA,
    summary: 'Approve or refuse a void that somebody else has asked for',
    params: requestParams,
    body: voidDecisionSchema,
    status: 200,
    answer: voidRequestSchema,
    handler: (transaction, { person, params, body }) =>
      decideVoid(central, transaction, person, params.organisationId, params.voidRequestId, body),
  });
}

function registerRefunds(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.refunds,
    access: everybody,
    area: AREA,
    summary: 'List refunds, newest first',
    params: organisationParams,
    query: refundPageQuerySchema,
    answer: refundPageSchema,
    handler: ({ params, query }) =>
      listPage<RefundRow, Refund>(
        central.database,
        {
          rows: refundsOf(params.organisationId),
          key: [
            { column: 'recordedAt', type: 'timestamptz' },
            { column: 'id', type: 'uuid' },
          ],
          direction: 'descending',
          item: refundOf,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.orderRefunds,
    access: supervisors,
    area: AREA,
    summary: 'Record what was paid back for an order that is out of play',
    params: orderParams,
    body: newRefundSchema,
    status: 201,
    answer: refundSchema,
    handler: (transaction, { person, params, body }) =>
      refundOrder(central, transaction, person, params.orderId, body),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.quarantineRefunds,
    access: supervisors,
    area: AREA,
    summary: 'Record what was paid back for a sale that never counted',
    params: entryParams,
    body: newRefundSchema,
    status: 201,
    answer: refundSchema,
    handler: (transaction, { person, params, body }) =>
      refundEntry(central, transaction, person, params.organisationId, params.quarantineId, body),
  });
}
