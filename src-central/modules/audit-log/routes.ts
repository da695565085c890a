import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type AuditFilter,
  type AuditRow,
  auditFilterSchema,
  auditPageQuerySchema,
  auditPageSchema,
} from '#shared/contract/central/people/audit-log.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { exportCsv } from '../../api/csv-export.ts';
import { listPage } from '../../api/pages.ts';
import { personFile, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import { ifGiven, whereAll } from '../../db/conditions.ts';
import type { PageRequest } from '../../db/paging.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';
import type { TypedApp } from '../../typed-app.ts';

interface StoredAuditRow extends Omit<AuditRow, 'changedAt'> {
  readonly changedAt: StoredMoment;
}

const AREA = 'audit-log';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const AUDITORS = { scope: 'organisation', roles: ['admin', 'regulator'] } as const;

/** Searching every change of the critical records (GLI-31 5.2.4). */
export function registerAuditLog(routes: TypedApp, central: Central): void {
  const list = (organisationId: OrganisationId | null, query: AuditFilter & PageRequest) =>
    listPage<StoredAuditRow, AuditRow>(
      central.database,
      {
        rows: auditRowsOf(organisationId, query),
        key: [{ column: 'auditId', type: 'bigint' }],
        direction: 'descending',
        item: describe,
      },
      query,
    );

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.auditLog,
    access: AUDITORS,
    area: AREA,
    summary: 'Search what was changed in the organisation’s records, newest first',
    params: organisationParams,
    query: auditPageQuerySchema,
    answer: auditPageSchema,
    handler: ({ params, query }) => list(params.organisationId, query),
  });

  personFile(routes, central, {
    url: PEOPLE_ROUTES.auditLogCsv,
    access: AUDITORS,
    area: AREA,
    summary: 'The same search as CSV, oldest first',
    params: organisationParams,
    query: auditFilterSchema,
    handler: ({ params, query }) => writeFile(central, params.organisationId, query),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.systemAuditLog,
    access: { scope: 'platform' },
    area: AREA,
    summary: 'Search what was changed in records that belong to no organisation, newest first',
    query: auditPageQuerySchema,
    answer: auditPageSchema,
    handler: ({ query }) => list(null, query),
  });

  personFile(routes, central, {
    url: PEOPLE_ROUTES.systemAuditLogCsv,
    access: { scope: 'platform' },
    area: AREA,
    summary: 'The same search as CSV, oldest first',
    query: auditFilterSchema,
    handler: ({ query }) => writeFile(central, null, query),
  });
}

function auditRowsOf(organisationId: OrganisationId | null, filter: AuditFilter): SQL {
  return sql`SELECT id AS "auditId", table_name AS "table", operation, record_key AS "recordKey",
      old_data AS "before", new_data AS "after", actor, changed_by AS "changedBy",
      session_id AS "sessionId", changed_at AS "changedAt"
    FROM audit_log ${whereAll([
      organisationId === null
        ? sql`organization_id IS NULL`
        : sql`organization_id = ${organisationId}`,
      ifGiven(filter.from, (from) => sql`changed_at >= ${from}::TIMESTAMPTZ`),
      ifGiven(filter.to, (to) => sql`changed_at < ${to}::TIMESTAMPTZ`),
      ifGiven(filter.table, (table) => sql`table_name = ${table}`),
      ifGiven(filter.recordKey, (key) => sql`record_key = ${key}`),
      ifGiven(filter.changedBy, (person) => sql`changed_by = ${person}`),
      ifGiven(filter.sessionId, (session) => sql`session_id = ${session}`),
    ])}`;
}

function describe(row: StoredAuditRow): AuditRow {
  return { ...row, changedAt: readInstant(row.changedAt) };
}

function writeFile(central: Central, organisationId: OrganisationId | null, filter: AuditFilter) {
  return exportCsv<StoredAuditRow>(central.database, {
    fileName: 'audit-log.csv',
    header: ['changed', 'who', 'session', 'table', 'record', 'operation', 'before', 'after'],
    rows: sql`${auditRowsOf(organisationId, filter)} ORDER BY id`,
    fields: (row) => [
      readInstant(row.changedAt),
      row.actor,
      row.sessionId,
      row.table,
      row.recordKey,
      row.operation,
      row.before === null ? null : JSON.stringify(row.before),
      row.after === null ? null : JSON.stringify(row.after),
    ],
  });
}
