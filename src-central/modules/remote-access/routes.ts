import {
  remoteAccessAnswerSchema,
  remoteAccessChangeSchema,
} from '#shared/contract/central/people/person-sessions.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { ok } from '#shared/kernel/result.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { readRemoteAccess, setRemoteAccess } from './service.ts';

const AREA = 'remote-access';

/** The switch for remote access. */
export function registerRemoteAccess(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.remoteAccess,
    access: { scope: 'platform' },
    area: AREA,
    summary: 'Whether people may use the system from other computers',
    answer: remoteAccessAnswerSchema,
    handler: async () => ok(await readRemoteAccess(central.database, central.now())),
  });

  personCommand(routes, central, {
    method: 'PUT',
    url: PEOPLE_ROUTES.remoteAccess,
    access: { scope: 'platform' },
    area: AREA,
    summary: 'Switch remote access on or off',
    body: remoteAccessChangeSchema,
    status: 200,
    answer: remoteAccessAnswerSchema,
    handler: (transaction, call) => setRemoteAccess(central, transaction, call),
  });
}
