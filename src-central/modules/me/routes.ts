import { z } from 'zod';
import { defaultOrganisationSchema, meSchema } from '#shared/contract/central/people/members.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { ok } from '#shared/kernel/result.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import { refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { endSession } from '../person-sessions/repository.ts';
import { setDefaultOrganisation } from './repository.ts';

const AREA = 'me';

/** What everybody may see and do about themselves. */
export function registerMe(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.me,
    access: { scope: 'own' },
    area: AREA,
    summary: 'Who I am and where I belong',
    answer: meSchema,
    handler: async ({ person: { sessionId: _session, memberships, ...person } }) =>
      ok({ ...person, memberships: [...memberships] }),
  });

  personCommand(routes, central, {
    method: 'PUT',
    url: PEOPLE_ROUTES.defaultOrganisation,
    access: { scope: 'own' },
    area: AREA,
    summary: 'Choose the organisation that my client opens with',
    body: defaultOrganisationSchema,
    status: 200,
    answer: defaultOrganisationSchema,
    handler: async (transaction, { person, body }) => {
      const isMember = person.memberships.some(
        ({ organisationId }) => organisationId === body.organisationId,
      );
      if (!isMember) return refuseWith('organisation.unknown', 'no such organisation');
      await setDefaultOrganisation(transaction, person.userId, body.organisationId);
      return ok(body);
    },
  });

  personCommand(routes, central, {
    method: 'DELETE',
    url: PEOPLE_ROUTES.ownSession,
    access: { scope: 'own' },
    area: AREA,
    summary: 'Sign out: the tokens of this sign-in are not accepted any more',
    status: 200,
    answer: z.strictObject({}),
    handler: async (transaction, { person }) => {
      await endSession(transaction, person.sessionId, central.now());
      return ok({});
    },
  });
}
