import { z } from 'zod';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import {
  enrolmentCodeResultsSchema,
  newEnrolmentCodesSchema,
  newRsusSchema,
  registeredRsusSchema,
  rsuChangeSchema,
  rsuPageQuerySchema,
  rsuPageSchema,
  rsuSchema,
  rsuStandingChangeSchema,
  rsuStandingResultsSchema,
} from '#shared/contract/central/people/rsus.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { issueCodes } from '../enrolment/issue-codes.ts';
import { changeRsu } from './change-rsu.ts';
import { changeStandings } from './change-standing.ts';
import { listMasterPage, readRsu } from './master-list.ts';
import { registerRsus } from './register-rsus.ts';

const AREA = 'rsus';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const rsuParams = organisationParams.extend({ rsuId: idSchema<RsuId>() });
const leaders = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;
const everyMember = { scope: 'organisation', roles: EVERY_ROLE } as const;

/** The tills of an organisation: what there are, who may use them, and how devices become them. */
export function registerRsuCalls(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.rsus,
    access: everyMember,
    area: AREA,
    summary: 'The master list of RSUs',
    params: organisationParams,
    query: rsuPageQuerySchema,
    answer: rsuPageSchema,
    handler: ({ params, query }) => listMasterPage(central, params.organisationId, query),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.rsu,
    access: everyMember,
    area: AREA,
    summary: 'One RSU',
    params: rsuParams,
    answer: rsuSchema,
    handler: ({ params }) =>
      readRsu(central, central.database, params.organisationId, params.rsuId),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.rsus,
    access: leaders,
    area: AREA,
    summary: 'Register RSUs',
    params: organisationParams,
    body: newRsusSchema,
    status: 200,
    answer: registeredRsusSchema,
    handler: async (transaction, { params, body }) =>
      ok(await registerRsus(central, transaction, params.organisationId, body.rsus)),
  });

  personCommand(routes, central, {
    method: 'PATCH',
    url: PEOPLE_ROUTES.rsu,
    access: leaders,
    area: AREA,
    summary: 'Change an RSU',
    params: rsuParams,
    body: rsuChangeSchema,
    status: 200,
    answer: rsuSchema,
    handler: (transaction, call) => changeRsu(central, transaction, call),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.rsuStandings,
    access: leaders,
    area: AREA,
    summary: 'Enable, disable or un-enrol RSUs',
    params: organisationParams,
    body: rsuStandingChangeSchema,
    status: 200,
    answer: rsuStandingResultsSchema,
    handler: async (transaction, { params, body }) =>
      ok(await changeStandings(central, transaction, params.organisationId, body)),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.rsuEnrolmentCodes,
    access: leaders,
    area: AREA,
    summary: 'Issue enrolment codes',
    params: organisationParams,
    body: newEnrolmentCodesSchema,
    status: 200,
    answer: enrolmentCodeResultsSchema,
    keepsAnswer: false,
    handler: async (transaction, { person, params, body }) =>
      ok(
        await issueCodes(
          central,
          transaction,
          params.organisationId,
          `user:${person.userId}`,
          body,
        ),
      ),
  });
}
