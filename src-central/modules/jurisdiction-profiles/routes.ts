import { z } from 'zod';
import {
  changedProfileSchema,
  keptProfileSchema,
  newProfileSchema,
  type ProfileVersion,
  profilePageSchema,
  profileQuerySchema,
  profileVersionPageSchema,
  profileVersionQuerySchema,
} from '#shared/contract/central/people/jurisdiction-profiles.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId, ProfileId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { registerCatalogue } from '../../api/catalogue.ts';
import { listPage } from '../../api/pages.ts';
import { personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import {
  insertProfile,
  type ProfileRow,
  type ProfileVersionRow,
  profileOf,
  profilesOf,
  profileVersionOf,
  profileVersionsOf,
  updateProfile,
} from './repository.ts';

const AREA = 'profiles';

const profileParams = z.object({
  organisationId: idSchema<OrganisationId>(),
  profileId: idSchema<ProfileId>(),
});

/** The rules of regulators. Raffle events freeze a copy, which later changes do not reach. */
export function registerJurisdictionProfiles(routes: TypedApp, central: Central): void {
  registerCatalogue(routes, central, {
    area: AREA,
    noun: 'jurisdiction profile',
    urls: { all: PEOPLE_ROUTES.profiles, one: PEOPLE_ROUTES.profile },
    writers: ['admin'],
    schemas: {
      item: keptProfileSchema,
      page: profilePageSchema,
      query: profileQuerySchema,
      changed: changedProfileSchema,
    },
    table: 'jurisdiction_profiles',
    rows: (organisationId, { isActive }) => profilesOf(organisationId, isActive),
    key: [
      { column: 'name', type: 'text' },
      { column: 'id', type: 'uuid' },
    ],
    itemOf: (row: ProfileRow) => profileOf(row),
    adding: {
      schema: newProfileSchema,
      add: async (...profile) => ok(await insertProfile(...profile)),
    },
    change: async (transaction, id, body, author) =>
      ok(await updateProfile(transaction, id, body, author)),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.profileVersions,
    access: { scope: 'organisation', roles: EVERY_ROLE },
    area: AREA,
    summary: 'List what a jurisdiction profile said at any time',
    params: profileParams,
    query: profileVersionQuerySchema,
    answer: profileVersionPageSchema,
    handler: ({ params, query }) =>
      listPage<ProfileVersionRow, ProfileVersion>(
        central.database,
        {
          rows: profileVersionsOf(params.profileId),
          key: [{ column: 'version', type: 'integer' }],
          direction: 'descending',
          item: profileVersionOf,
        },
        query,
      ),
  });
}
