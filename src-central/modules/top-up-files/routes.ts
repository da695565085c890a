import { z } from 'zod';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { newTopUpFileSchema } from '#shared/contract/central/people/top-up-files.ts';
import { topUpFileSchema } from '#shared/contract/top-up-file.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { personCommand } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { exportTopUpFile } from './service.ts';

const rsuParams = z.object({
  organisationId: idSchema<OrganisationId>(),
  rsuId: idSchema<RsuId>(),
});

/** Numbers for a till that cannot reach the central. */
export function registerTopUpFiles(routes: TypedApp, central: Central): void {
  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.topUpFiles,
    access: { scope: 'organisation', roles: ['admin'] },
    area: 'rsus',
    summary: 'Export numbers for a till that is off line, as a signed file',
    params: rsuParams,
    body: newTopUpFileSchema,
    status: 201,
    answer: topUpFileSchema,
    keepsAnswer: false,
    handler: (transaction, { params, body }) => exportTopUpFile(central, transaction, params, body),
  });
}
