import { type SQL, sql } from 'drizzle-orm';
import { whereAll } from '../../../db/conditions.ts';
import { arrayParameter } from '../../../db/rows.ts';
import type { Report, ReportScope, Section } from '../report.ts';
import { within } from '../sold-orders.ts';
import { deadNumbers } from './voided-draw-numbers.ts';

const WHO = sql`coalesce(person.display_name, log.actor)`;

/** Tables whose rows are parameters of a raffle event, or of the organisation that runs it. */
const PARAMETERS = [
  'raffle_events',
  'raffle_event_profiles',
  'ticket_packages',
  'prizes',
  'jurisdiction_profiles',
  'organizations',
  'rsus',
];

const parameters: Section = {
  title: 'Changes to parameters',
  columns: [
    { key: 'at', header: 'Time', kind: 'moment', width: 1.3 },
    { key: 'who', header: 'Who', kind: 'text' },
    { key: 'what', header: 'What', kind: 'text', width: 1.3 },
    { key: 'field', header: 'Field', kind: 'text', width: 1.2 },
    { key: 'before', header: 'Before', kind: 'text', width: 2.2 },
    { key: 'after', header: 'After', kind: 'text', width: 2.2 },
  ],
  // Counters and stamps change by themselves; they are no parameters.
  rows: (scope) => sql`
    SELECT log.changed_at AS at, ${WHO} AS who, log.table_name AS what, changed.key AS field,
      log.old_data ->> changed.key AS before, changed.value #>> '{}' AS after
    FROM audit_log log
    CROSS JOIN LATERAL jsonb_each(log.new_data) AS changed
    LEFT JOIN users person ON person.id = log.changed_by
    ${whereAll([
      sql`(log.operation = 'UPDATE' AND log.table_name = ANY (${arrayParameter(PARAMETERS, 'text[]')})
        OR log.table_name = 'system_configurations')`,
      sql`changed.value IS DISTINCT FROM log.old_data -> changed.key`,
      sql`changed.key NOT IN ('updated_at', 'updated_by', 'total_sold', 'current_operator_id')`,
      sql`(log.organization_id = ${scope.organisationId} OR log.organization_id IS NULL)`,
      sql`coalesce(log.new_data ->> 'raffle_event_id', log.new_data ->> 'event_id',
        CASE log.table_name WHEN 'raffle_events' THEN log.record_key END,
        ${scope.raffleEventId}) = ${scope.raffleEventId}`,
      ...during(scope, sql`log.changed_at`),
    ])}
    ORDER BY log.changed_at, log.id, changed.key`,
};

const corrections: Section = {
  title: 'Corrections: what waited for a person, and what the person decided',
  columns: [
    { key: 'at', header: 'Decided', kind: 'moment', width: 1.3 },
    { key: 'who', header: 'Who', kind: 'text' },
    { key: 'rsu', header: 'RSU', kind: 'text' },
    { key: 'seq', header: 'Entry', kind: 'count', width: 0.6 },
    { key: 'reason', header: 'Waited because', kind: 'text', width: 1.4 },
    { key: 'decision', header: 'Decision', kind: 'text' },
    { key: 'note', header: 'Note', kind: 'text', width: 2 },
  ],
  rows: (scope) => sql`
    SELECT entry.resolved_at AS at,
      coalesce((SELECT display_name FROM users WHERE 'user:' || id = entry.resolved_by),
        entry.resolved_by) AS who,
      rsu.name AS rsu, entry.seq, entry.reason, entry.state AS decision, entry.resolution AS note
    FROM journal_quarantine entry JOIN rsus rsu ON rsu.id = entry.rsu_id
    ${whereAll([
      sql`entry.state <> 'open' AND rsu.organization_id = ${scope.organisationId}`,
      sql`EXISTS (SELECT 1 FROM rsu_allocations
        WHERE rsu_id = rsu.id AND raffle_event_id = ${scope.raffleEventId})`,
      ...during(scope, sql`entry.resolved_at`),
    ])}
    ORDER BY entry.resolved_at, entry.chain_id, entry.seq`,
};

const overrides: Section = {
  title: 'Overrides: what a person did or tried that the rules do not do by themselves',
  columns: [
    { key: 'at', header: 'Time', kind: 'moment', width: 1.3 },
    { key: 'who', header: 'Who', kind: 'text' },
    { key: 'rsu', header: 'RSU', kind: 'text' },
    { key: 'severity', header: 'Severity', kind: 'text', width: 0.7 },
    { key: 'code', header: 'Code', kind: 'text', width: 1.6 },
    { key: 'description', header: 'Description', kind: 'text', width: 3 },
  ],
  rows: (scope) => sql`
    SELECT noted.timestamp AS at, coalesce(person.display_name, seller.display_name) AS who,
      rsu.name AS rsu, noted.severity, noted.event_type AS code, noted.description
    FROM critical_events noted
    LEFT JOIN rsus rsu ON rsu.id = noted.rsu_id
    LEFT JOIN users person ON person.id = noted.user_id
    LEFT JOIN operators seller ON seller.id = noted.user_id
    ${whereAll([
      sql`noted.event_id = ${scope.raffleEventId}`,
      sql`(noted.component_id = 'central' OR noted.severity <> 'INFO')`,
      ...during(scope, sql`noted.timestamp`),
    ])}
    ORDER BY noted.timestamp, noted.id`,
};

/** The exception report (GLI-31 2.8.1b): changed parameters, corrections, overrides, voids. */
export const exceptions: Report = {
  title: 'Exception report',
  filters: ['from', 'to'],
  isWide: true,
  sections: [parameters, corrections, overrides, deadNumbers],
};

/** In the period that was asked for, and not before the raffle event was made. */
function during(scope: ReportScope, moment: SQL): (SQL | undefined)[] {
  return [
    sql`${moment} >= (SELECT created_at FROM raffle_events WHERE id = ${scope.raffleEventId})`,
    ...within(moment, scope.filters),
  ];
}
