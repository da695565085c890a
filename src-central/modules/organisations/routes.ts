import { sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  changedOrganisationSchema,
  type Organisation,
  organisationPageQuerySchema,
  organisationPageSchema,
  organisationSchema,
} from '#shared/contract/central/people/organisations.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import {
  type OrganisationRow,
  organisationOf,
  organisationsWhere,
  readOrganisation,
} from './repository.ts';
import { changeOrganisation } from './service.ts';

const AREA = 'organisations';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });

/** Organisations as such; who belongs to them is in `members`, which also founds them. */
export function registerOrganisations(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.organisations,
    access: { scope: 'platform' },
    area: AREA,
    summary: 'List the organisations',
    query: organisationPageQuerySchema,
    answer: organisationPageSchema,
    handler: ({ query }) =>
      listPage<OrganisationRow, Organisation>(
        central.database,
        {
          rows: organisationsWhere(sql`TRUE`),
          key: [
            { column: 'name', type: 'text' },
            { column: 'organisationId', type: 'uuid' },
          ],
          direction: 'ascending',
          item: organisationOf,
        },
        query,
      ),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.organisation,
    access: { scope: 'organisation', roles: EVERY_ROLE },
    area: AREA,
    summary: 'Read the organisation',
    params: organisationParams,
    answer: organisationSchema,
    handler: async ({ params }) =>
      ok(await readOrganisation(central.database, params.organisationId)),
  });

  personCommand(routes, central, {
    method: 'PUT',
    url: PEOPLE_ROUTES.organisation,
    access: { scope: 'organisation', roles: ['admin'] },
    area: AREA,
    summary: 'Change the organisation and its settings',
    params: organisationParams,
    body: changedOrganisationSchema,
    status: 200,
    answer: organisationSchema,
    handler: (transaction, call) => changeOrganisation(central, transaction, call),
  });
}
