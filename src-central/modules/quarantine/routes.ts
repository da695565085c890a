import { z } from 'zod';
import {
  type QuarantinedEntry,
  quarantineDetailsSchema,
  quarantinedEntrySchema,
  quarantinePageSchema,
  quarantineQuerySchema,
  quarantineResolutionSchema,
} from '#shared/contract/central/people/quarantine.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId, QuarantineId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { listPage } from '../../api/pages.ts';
import { personCommand, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { inspectEntry } from './inspect-entry.ts';
import { type QuarantineRow, quarantinedEntryOf, quarantineOf } from './repository.ts';
import { resolveEntry } from './resolve-entry.ts';

const AREA = 'quarantine';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const entryParams = organisationParams.extend({ quarantineId: idSchema<QuarantineId>() });
const everybody = { scope: 'organisation', roles: EVERY_ROLE } as const;

/** The desk for what does not count by itself: nothing of it blocks a till, all of it blocks a draw. */
export function registerQuarantine(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.quarantine,
    access: everybody,
    area: AREA,
    summary: 'List entries that did not count by themselves, oldest first',
    params: organisationParams,
    query: quarantineQuerySchema,
    answer: quarantinePageSchema,
    handler: ({ params, query }) =>
      listPage<QuarantineRow, QuarantinedEntry>(
        central.database,
        {
          rows: quarantineOf(params.organisationId, query),
          key: [
            { column: 'quarantinedAt', type: 'timestamptz' },
            { column: 'seq', type: 'bigint' },
            { column: 'quarantineId', type: 'uuid' },
          ],
          direction: 'ascending',
          item: quarantinedEntryOf,
        },
        query,
      ),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.quarantinedEntry,
    access: everybody,
    area: AREA,
    summary:
      'Show an entry: its bytes, what they say, what stands around it, and what it collides with',
    params: entryParams,
    answer: quarantineDetailsSchema,
    handler: async ({ params }) => ok(await inspectEntry(central, params.quarantineId)),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.quarantineResolution,
    access: { scope: 'organisation', roles: ['admin', 'supervisor'] },
    area: AREA,
    summary: 'Accept an entry, or link it to the orders it is a second account of',
    params: entryParams,
    body: quarantineResolutionSchema,
    status: 200,
    answer: quarantinedEntrySchema,
    handler: (transaction, { person, params, body }) =>
      resolveEntry(central, transaction, person, params.quarantineId, body),
  });
}
