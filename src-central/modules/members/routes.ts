import { z } from 'zod';
import {
  createdOrganisationSchema,
  memberPageQuerySchema,
  memberPageSchema,
  memberRoleSchema,
  memberSchema,
  newMemberSchema,
  newOrganisationSchema,
} from '#shared/contract/central/people/members.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId, UserId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { type MemberRow, membersOf } from './repository.ts';
import { addMember, changeRole, foundOrganisation, memberOf, removeMember } from './service.ts';

const AREA = 'members';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const memberParams = organisationParams.extend({ userId: idSchema<UserId>() });
const admins = { scope: 'organisation', roles: ['admin'] } as const;

/** Organisations and who belongs to them. */
export function registerMembers(routes: TypedApp, central: Central): void {
  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.organisations,
    access: { scope: 'platform' },
    area: 'organisations',
    summary: 'Make an organisation with its first admin',
    body: newOrganisationSchema,
    status: 201,
    answer: createdOrganisationSchema,
    handler: async (transaction, { body }) =>
      ok({ organisationId: await foundOrganisation(central, transaction, body) }),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.members,
    access: { scope: 'organisation', roles: EVERY_ROLE },
    area: AREA,
    summary: 'List the members',
    params: organisationParams,
    query: memberPageQuerySchema,
    answer: memberPageSchema,
    handler: ({ params, query }) =>
      listPage<MemberRow, ReturnType<typeof memberOf>>(
        central.database,
        {
          rows: membersOf(params.organisationId),
          key: [
            { column: 'displayName', type: 'text' },
            { column: 'userId', type: 'uuid' },
          ],
          direction: 'ascending',
          item: memberOf,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.members,
    access: admins,
    area: AREA,
    summary: 'Add a member',
    params: organisationParams,
    body: newMemberSchema,
    status: 201,
    answer: memberSchema,
    handler: (transaction, { params, body }) =>
      addMember(central, transaction, params.organisationId, body),
  });

  personCommand(routes, central, {
    method: 'PUT',
    url: PEOPLE_ROUTES.member,
    access: admins,
    area: AREA,
    summary: 'Give a member another role',
    params: memberParams,
    body: memberRoleSchema,
    status: 200,
    answer: memberSchema,
    handler: (transaction, { params, body }) =>
      changeRole(transaction, params.organisationId, params.userId, body.role),
  });

  personCommand(routes, central, {
    method: 'DELETE',
    url: PEOPLE_ROUTES.member,
    access: admins,
    area: AREA,
    summary: 'End a membership',
    params: memberParams,
    status: 200,
    answer: z.strictObject({}),
    handler: (transaction, { params }) =>
      removeMember(transaction, params.organisationId, params.userId),
  });
}
