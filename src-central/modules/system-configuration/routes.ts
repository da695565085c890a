import { z } from 'zod';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import {
  newSystemConfigurationSchema,
  retentionPolicySchema,
  type SystemConfiguration,
  systemConfigurationPageQuerySchema,
  systemConfigurationPageSchema,
  systemConfigurationSchema,
} from '#shared/contract/central/people/system-configuration.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { addConfiguration } from './add-configuration.ts';
import {
  CONFIGURATIONS,
  type ConfigurationRow,
  describeConfiguration,
  readConfiguration,
} from './read-configuration.ts';

const AREA = 'system-configuration';
const PLATFORM = { scope: 'platform' } as const;
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });

/** The settings of the system as a whole, in versions that never change. */
export function registerSystemConfiguration(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.systemConfiguration,
    access: PLATFORM,
    area: AREA,
    summary: 'Read the system configuration that is in force',
    answer: systemConfigurationSchema,
    handler: async () => ok(await readConfiguration(central.database, central.now())),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.systemConfigurations,
    access: PLATFORM,
    area: AREA,
    summary: 'List every version of the system configuration, the last to begin first',
    query: systemConfigurationPageQuerySchema,
    answer: systemConfigurationPageSchema,
    handler: ({ query }) =>
      listPage<ConfigurationRow, SystemConfiguration>(
        central.database,
        {
          rows: CONFIGURATIONS,
          key: [
            { column: 'effectiveFrom', type: 'timestamptz' },
            { column: 'createdAt', type: 'timestamptz' },
            { column: 'id', type: 'uuid' },
          ],
          direction: 'descending',
          item: describeConfiguration,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.systemConfigurations,
    access: PLATFORM,
    area: AREA,
    summary: 'Add a version of the system configuration, from now on or from later on',
    body: newSystemConfigurationSchema,
    status: 201,
    answer: systemConfigurationSchema,
    handler: (transaction, { revision, body: { settings, ...next } }) =>
      addConfiguration(central, transaction, revision, { ...next, settings: () => settings }),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.retention,
    access: { scope: 'organisation', roles: EVERY_ROLE },
    area: AREA,
    summary: 'How long records are kept',
    params: organisationParams,
    answer: retentionPolicySchema,
    handler: async () => {
      const { version, settings } = await readConfiguration(central.database, central.now());
      const { retentionDays } = settings;
      return ok({ version, retentionDays, deletesByItself: false as const });
    },
  });
}
