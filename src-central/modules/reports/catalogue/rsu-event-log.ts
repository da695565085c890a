import { sql } from 'drizzle-orm';
import { ifGiven, whereAll } from '../../../db/conditions.ts';
import type { Report } from '../report.ts';
import { within } from '../sold-orders.ts';

/**
 * What happened at each RSU that was given numbers of the raffle event (GLI-31 2.8.1f). What names no
 * raffle event, a printer without paper for instance, belongs to every one that was open at the time.
 */
export const rsuEventLog: Report = {
  title: 'RSU event log',
  filters: ['from', 'to', 'rsuId'],
  isWide: true,
  sections: [
    {
      title: 'Events',
      columns: [
        { key: 'rsu', header: 'RSU', kind: 'text' },
        { key: 'at', header: 'Time', kind: 'moment', width: 1.5 },
        { key: 'severity', header: 'Severity', kind: 'text', width: 0.8 },
        { key: 'code', header: 'Code', kind: 'text', width: 1.8 },
        { key: 'description', header: 'Description', kind: 'text', width: 3 },
        { key: 'component', header: 'Noted by', kind: 'text', width: 0.8 },
        { key: 'seq', header: 'Entry', kind: 'count', width: 0.6 },
      ],
      rows: (scope) => sql`
        SELECT rsu.name AS rsu, noted.timestamp AS at, noted.severity, noted.event_type AS code,
          noted.description, CASE WHEN noted.component_id = 'central' THEN 'central' ELSE 'RSU' END
            AS component, noted.seq
        FROM critical_events noted
        JOIN rsus rsu ON rsu.id = noted.rsu_id
        JOIN raffle_events event ON event.id = ${scope.raffleEventId}
        ${whereAll([
          sql`rsu.organization_id = ${scope.organisationId}`,
          sql`(noted.event_id = event.id OR noted.event_id IS NULL
            AND noted.timestamp >= event.created_at
            AND noted.timestamp < coalesce((SELECT min(changed_at) FROM raffle_event_state_history
              WHERE raffle_event_id = event.id AND to_state IN ('reconciled', 'cancelled')), 'infinity')
            AND EXISTS (SELECT 1 FROM rsu_allocations
              WHERE rsu_id = rsu.id AND raffle_event_id = event.id))`,
          ifGiven(scope.filters.rsuId, (id) => sql`rsu.id = ${id}`),
          ...within(sql`noted.timestamp`, scope.filters),
        ])}
        ORDER BY rsu.name, rsu.id, noted.timestamp, noted.seq NULLS FIRST, noted.id`,
    },
  ],
};
