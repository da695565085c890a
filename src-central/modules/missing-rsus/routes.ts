import { sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  lastKnownFactsSchema,
  type MissingReport,
  missingOutcomeSchema,
  missingReportPageSchema,
  missingReportQuerySchema,
  missingReportSchema,
  newMissingReportSchema,
} from '#shared/contract/central/people/missing-rsus.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { MissingReportId, OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { readLastKnownFacts } from './last-known-facts.ts';
import { describeMissingReport, listMissingReports, type MissingReportRow } from './repository.ts';
import { endReport, reportMissing } from './service.ts';

const AREA = 'missing RSUs';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const rsuParams = organisationParams.extend({ rsuId: idSchema<RsuId>() });
const reportParams = organisationParams.extend({ missingReportId: idSchema<MissingReportId>() });
const everyMember = { scope: 'organisation', roles: EVERY_ROLE } as const;
const leaders = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;

/** What to do when a till is gone: stop it, see what is known, and say how it ended. */
export function registerMissingRsus(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.lastKnownFacts,
    access: everyMember,
    area: AREA,
    summary: 'All that is known of a till',
    params: rsuParams,
    answer: lastKnownFactsSchema,
    handler: async ({ params }) => ok(await readLastKnownFacts(central.database, params.rsuId)),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.missingReports,
    access: everyMember,
    area: AREA,
    summary: 'The tills that were reported missing, the latest first',
    params: organisationParams,
    query: missingReportQuerySchema,
    answer: missingReportPageSchema,
    handler: ({ params, query }) =>
      listPage<MissingReportRow, MissingReport>(
        central.database,
        {
          rows: listMissingReports(
            params.organisationId,
            query.isOpen === undefined
              ? sql`TRUE`
              : sql`(missing.outcome IS NULL) = ${query.isOpen === 'true'}`,
          ),
          key: [
            { column: 'reportedAt', type: 'timestamptz' },
            { column: 'missingReportId', type: 'uuid' },
          ],
          direction: 'descending',
          item: describeMissingReport,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.rsuMissingReports,
    access: leaders,
    area: AREA,
    summary: 'Report a till missing',
    params: rsuParams,
    body: newMissingReportSchema,
    status: 201,
    answer: missingReportSchema,
    handler: (transaction, { person, params, body }) =>
      reportMissing(central, transaction, person, params.organisationId, params.rsuId, body.reason),
  });

  personCommand(routes, central, {
    method: 'PUT',
    url: PEOPLE_ROUTES.missingOutcome,
    access: leaders,
    area: AREA,
    summary: 'Say how the search for a till ended',
    params: reportParams,
    body: missingOutcomeSchema,
    status: 200,
    answer: missingReportSchema,
    handler: (transaction, { person, params, body }) =>
      endReport(central, transaction, person, params.organisationId, params.missingReportId, body),
  });
}
