import { z } from 'zod';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import {
  type CommandRecord,
  commandPageSchema,
  commandQuerySchema,
  commandRecordSchema,
  commandResultsSchema,
  newCommandSchema,
} from '#shared/contract/central/people/rsu-commands.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { CommandId, OrganisationId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { type CommandRow, describeCommand, listCommands } from './repository.ts';
import { issueCommands, withdrawCommand } from './service.ts';

const AREA = 'commands';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const commandParams = organisationParams.extend({ commandId: idSchema<CommandId>() });
const leaders = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;

/** What tills are told to do; their mirror brings it, and their journal the answer. */
export function registerCommands(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.commands,
    access: { scope: 'organisation', roles: EVERY_ROLE },
    area: AREA,
    summary: 'Commands to tills and their answers, the latest first',
    params: organisationParams,
    query: commandQuerySchema,
    answer: commandPageSchema,
    handler: ({ params, query }) =>
      listPage<CommandRow, CommandRecord>(
        central.database,
        {
          rows: listCommands(params.organisationId, query),
          key: [
            { column: 'issuedAt', type: 'timestamptz' },
            { column: 'commandId', type: 'uuid' },
          ],
          direction: 'descending',
          item: describeCommand,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.commands,
    access: leaders,
    area: AREA,
    summary: 'Tell tills to come home, that they are disabled, or anything else',
    params: organisationParams,
    body: newCommandSchema,
    status: 200,
    answer: commandResultsSchema,
    handler: async (transaction, { person, params, body }) =>
      ok(await issueCommands(central, transaction, person, params.organisationId, body)),
  });

  personCommand(routes, central, {
    method: 'DELETE',
    url: PEOPLE_ROUTES.command,
    access: leaders,
    area: AREA,
    summary: 'Take a command back that no till has answered',
    params: commandParams,
    status: 200,
    answer: commandRecordSchema,
    handler: (transaction, { person, params }) =>
      withdrawCommand(central, transaction, person, params.organisationId, params.commandId),
  });
}
