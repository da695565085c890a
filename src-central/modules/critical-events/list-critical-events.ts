import { type SQL, sql } from 'drizzle-orm';
import type {
  CriticalEvent,
  CriticalEventFilter,
} from '#shared/contract/central/people/critical-events.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { ifGiven, whereAll } from '../../db/conditions.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';

/** A row of `criticalEventsOf`. */
export interface CriticalEventRow extends Omit<CriticalEvent, 'happenedAt' | 'receivedAt'> {
  readonly happenedAt: StoredMoment;
  readonly receivedAt: StoredMoment;
}

/** The critical events of an organisation; those of the system as a whole for null. */
export function criticalEventsOf(
  organisationId: OrganisationId | null,
  filter: CriticalEventFilter,
): SQL {
  return sql`SELECT id AS "criticalEventId", event_type AS type, severity, description,
      component_id AS "componentId", rsu_id AS "rsuId", event_id AS "raffleEventId",
      user_id AS "userId", chain_id AS "chainId", seq, timestamp AS "happenedAt",
      received_at AS "receivedAt", coalesce(metadata, '{}') AS detail
    FROM critical_events ${whereAll([
      organisationId === null
        ? sql`organization_id IS NULL`
        : sql`organization_id = ${organisationId}`,
      ifGiven(filter.from, (from) => sql`timestamp >= ${from}::TIMESTAMPTZ`),
      ifGiven(filter.to, (to) => sql`timestamp < ${to}::TIMESTAMPTZ`),
      ifGiven(filter.componentId, (component) => sql`component_id = ${component}`),
      ifGiven(filter.rsuId, (rsu) => sql`rsu_id = ${rsu}`),
      ifGiven(filter.raffleEventId, (raffleEvent) => sql`event_id = ${raffleEvent}`),
      ifGiven(filter.userId, (user) => sql`user_id = ${user}`),
      ifGiven(filter.type, (type) => sql`event_type = ${type}`),
      ifGiven(filter.severity, (severity) => sql`severity = ${severity}`),
    ])}`;
}

/** A stored critical event as the contract shows it. */
export function describeCriticalEvent(row: CriticalEventRow): CriticalEvent {
  return {
    ...row,
    happenedAt: readInstant(row.happenedAt),
    receivedAt: readInstant(row.receivedAt),
  };
}
