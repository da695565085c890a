import { sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type CriticalEvent,
  type CriticalEventFilter,
  criticalEventFilterSchema,
  criticalEventPageQuerySchema,
  criticalEventPageSchema,
} from '#shared/contract/central/people/critical-events.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { exportCsv } from '../../api/csv-export.ts';
import { listPage } from '../../api/pages.ts';
import { personFile, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { PageRequest } from '../../db/paging.ts';
import type { TypedApp } from '../../typed-app.ts';
import {
  type CriticalEventRow,
  criticalEventsOf,
  describeCriticalEvent,
} from './list-critical-events.ts';

const AREA = 'critical-events';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const EVERYBODY = { scope: 'organisation', roles: EVERY_ROLE } as const;
const AUDITORS = { scope: 'organisation', roles: ['admin', 'supervisor', 'regulator'] } as const;

/** Searching what tills and the central have noted, by time, component and event (GLI-31 5.6.2). */
export function registerCriticalEvents(routes: TypedApp, central: Central): void {
  const list = (organisationId: OrganisationId | null, query: CriticalEventFilter & PageRequest) =>
    listPage<CriticalEventRow, CriticalEvent>(
      central.database,
      {
        rows: criticalEventsOf(organisationId, query),
        key: [
          { column: 'happenedAt', type: 'timestamptz' },
          { column: 'criticalEventId', type: 'uuid' },
        ],
        direction: 'descending',
        item: describeCriticalEvent,
      },
      query,
    );

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.criticalEvents,
    access: EVERYBODY,
    area: AREA,
    summary: 'Search the critical events of the organisation, newest first',
    params: organisationParams,
    query: criticalEventPageQuerySchema,
    answer: criticalEventPageSchema,
    handler: ({ params, query }) => list(params.organisationId, query),
  });

  personFile(routes, central, {
    url: PEOPLE_ROUTES.criticalEventsCsv,
    access: AUDITORS,
    area: AREA,
    summary: 'The same search as CSV, oldest first',
    params: organisationParams,
    query: criticalEventFilterSchema,
    handler: ({ params, query }) => writeFile(central, params.organisationId, query),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.systemCriticalEvents,
    access: { scope: 'platform' },
    area: AREA,
    summary: 'Search the critical events of the system as a whole, newest first',
    query: criticalEventPageQuerySchema,
    answer: criticalEventPageSchema,
    handler: ({ query }) => list(null, query),
  });

  personFile(routes, central, {
    url: PEOPLE_ROUTES.systemCriticalEventsCsv,
    access: { scope: 'platform' },
    area: AREA,
    summary: 'The same search as CSV, oldest first',
    query: criticalEventFilterSchema,
    handler: ({ query }) => writeFile(central, null, query),
  });
}

function writeFile(
  central: Central,
  organisationId: OrganisationId | null,
  filter: CriticalEventFilter,
) {
  return exportCsv<CriticalEventRow>(central.database, {
    fileName: 'critical-events.csv',
    header: [
      'happened',
      'received',
      'component',
      'event',
      'severity',
      'description',
      'raffle event',
      'person',
      'sequence',
      'detail',
    ],
    rows: sql`${criticalEventsOf(organisationId, filter)} ORDER BY timestamp, id`,
    fields: (row) => {
      const event = describeCriticalEvent(row);
      return [
        event.happenedAt,
        event.receivedAt,
        event.componentId,
        event.type,
        event.severity,
        event.description,
        event.raffleEventId,
        event.userId,
        event.seq,
        JSON.stringify(event.detail),
      ];
    },
  });
}
