import { z } from 'zod';
import {
  flagAcknowledgementSchema,
  flagsAcknowledgedSchema,
  reconciliationConfirmationSchema,
  reconciliationSchema,
  reprojectionSchema,
} from '#shared/contract/central/people/reconciliation.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { ChainId, OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import {
  acknowledgeFlags,
  confirmReconciliation,
  readReconciliation,
} from './confirm-reconciliation.ts';
import { reproject } from './reproject.ts';

const AREA = 'reconciliation';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const raffleEventParams = organisationParams.extend({ raffleEventId: idSchema<RaffleEventId>() });
const chainParams = organisationParams.extend({ chainId: idSchema<ChainId>() });
const supervisors = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;

/** Accounting for every number and all money before anything is drawn. */
export function registerReconciliation(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.reconciliation,
    access: { scope: 'organisation', roles: EVERY_ROLE },
    area: AREA,
    summary: 'Show where every number went, and what is missing from whom',
    params: raffleEventParams,
    answer: reconciliationSchema,
    handler: async ({ params }) => ok(await readReconciliation(central, params.raffleEventId)),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.reconciliation,
    access: supervisors,
    area: AREA,
    summary: 'Confirm that everything is accounted for',
    params: raffleEventParams,
    body: reconciliationConfirmationSchema,
    status: 201,
    answer: reconciliationSchema,
    handler: (transaction, { person, params, body }) =>
      confirmReconciliation(central, transaction, person, params.raffleEventId, body.statement),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.flagAcknowledgements,
    access: supervisors,
    area: AREA,
    summary: 'Say that flagged sales were looked at',
    params: raffleEventParams,
    body: flagAcknowledgementSchema,
    status: 201,
    answer: flagsAcknowledgedSchema,
    handler: (transaction, { person, params, body }) =>
      acknowledgeFlags(central, transaction, person, params.raffleEventId, body),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.reprojections,
    access: { scope: 'organisation', roles: ['admin'] },
    area: AREA,
    summary: 'Compare the rows of a till with what its journal says',
    params: chainParams,
    status: 200,
    answer: reprojectionSchema,
    handler: async (transaction, { person, params }) =>
      ok(await reproject(central, transaction, person, params.chainId)),
  });
}
