import { sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type Claim,
  claimDecisionSchema,
  claimPageQuerySchema,
  claimPageSchema,
  claimSchema,
  newClaimSchema,
  ticketVerificationQuerySchema,
  ticketVerificationSchema,
  winnerSchema,
} from '#shared/contract/central/people/claims.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { ClaimId, DrawResultId, OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { type ClaimRow, claimOf, claimsWhere } from './repository.ts';
import { decideClaim, makeClaim, readWinner } from './service.ts';
import { verifyTicket } from './verify-ticket.ts';

const AREA = 'claims';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const raffleEventParams = organisationParams.extend({ raffleEventId: idSchema<RaffleEventId>() });
const resultParams = organisationParams.extend({ drawResultId: idSchema<DrawResultId>() });
const claimParams = organisationParams.extend({ claimId: idSchema<ClaimId>() });

const EVERYBODY = { scope: 'organisation', roles: EVERY_ROLE } as const;
const STAFF = { scope: 'organisation', roles: ['admin', 'supervisor', 'operator'] } as const;
const SUPERVISORS = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;

/** Verifying tickets, and paying prizes out on the word of two people (GLI-31 2.7.1). */
export function registerClaims(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.ticketVerification,
    access: EVERYBODY,
    area: AREA,
    summary: 'Say what a ticket is: a winner or not, and why not',
    params: raffleEventParams,
    query: ticketVerificationQuerySchema,
    answer: ticketVerificationSchema,
    handler: async ({ params, query }) =>
      ok(await verifyTicket(central, params.organisationId, params.raffleEventId, query)),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.claims,
    access: EVERYBODY,
    area: AREA,
    summary: 'List the claims of a raffle event, newest first',
    params: raffleEventParams,
    query: claimPageQuerySchema,
    answer: claimPageSchema,
    handler: ({ params, query }) =>
      listPage<ClaimRow, Claim>(
        central.database,
        {
          rows: claimsWhere(sql`execution.raffle_event_id = ${params.raffleEventId}`),
          key: [
            { column: 'claimedAt', type: 'timestamptz' },
            { column: 'claimId', type: 'uuid' },
          ],
          direction: 'descending',
          item: claimOf,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.resultClaims,
    access: STAFF,
    area: AREA,
    summary: 'Claim a prize with the winning ticket; another person confirms it',
    params: resultParams,
    body: newClaimSchema,
    status: 201,
    answer: claimSchema,
    handler: (transaction, { person, params, body }) =>
      makeClaim(central, transaction, person, params.drawResultId, body),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.claimDecision,
    access: SUPERVISORS,
    area: AREA,
    summary: 'Confirm or reject a claim that another person has verified',
    params: claimParams,
    body: claimDecisionSchema,
    status: 200,
    answer: claimSchema,
    handler: (transaction, { person, params, body }) =>
      decideClaim(central, transaction, person, params.claimId, body),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.claimWinner,
    access: SUPERVISORS,
    area: AREA,
    summary: 'Read who won; each reading is noted',
    params: claimParams,
    answer: winnerSchema,
    handler: async ({ person, params }) => ok(await readWinner(central, person, params.claimId)),
  });
}
