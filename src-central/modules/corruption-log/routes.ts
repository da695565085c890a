import { sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type Corruption,
  corruptionDecisionSchema,
  corruptionPageSchema,
  corruptionQuerySchema,
  corruptionSchema,
  newCorruptionSchema,
} from '#shared/contract/central/people/missing-rsus.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { CorruptionId, OrganisationId } from '#shared/kernel/ids.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { type CorruptionRow, describeCorruption, listCorruptions } from './repository.ts';
import { decideCorruption, enterCorruption } from './service.ts';

const AREA = 'corruption log';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const corruptionParams = organisationParams.extend({ corruptionId: idSchema<CorruptionId>() });
const leaders = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;

/** Tills that can never be reconciled: one person enters them, another confirms. */
export function registerCorruptionLog(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.corruptions,
    access: { scope: 'organisation', roles: EVERY_ROLE },
    area: AREA,
    summary: 'The RSU corruption log, the latest first',
    params: organisationParams,
    query: corruptionQuerySchema,
    answer: corruptionPageSchema,
    handler: ({ params, query }) =>
      listPage<CorruptionRow, Corruption>(
        central.database,
        {
          rows: listCorruptions(
            params.organisationId,
            query.raffleEventId === undefined
              ? sql`TRUE`
              : sql`entry.raffle_event_id = ${query.raffleEventId}`,
          ),
          key: [
            { column: 'enteredAt', type: 'timestamptz' },
            { column: 'corruptionId', type: 'uuid' },
          ],
          direction: 'descending',
          item: describeCorruption,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.corruptions,
    access: leaders,
    area: AREA,
    summary: 'Enter a till into the corruption log',
    params: organisationParams,
    body: newCorruptionSchema,
    status: 201,
    answer: corruptionSchema,
    handler: (transaction, { person, params, body }) =>
      enterCorruption(central, transaction, person, params.organisationId, body),
  });

  personCommand(routes, central, {
    method: 'PUT',
    url: PEOPLE_ROUTES.corruptionDecision,
    access: leaders,
    area: AREA,
    summary: 'Confirm or withdraw an entry of the corruption log',
    params: corruptionParams,
    body: corruptionDecisionSchema,
    status: 200,
    answer: corruptionSchema,
    handler: (transaction, { person, params, body }) =>
      decideCorruption(
        central,
        transaction,
        person,
        params.organisationId,
        params.corruptionId,
        body,
      ),
  });
}
