import { type SQL, sql } from 'drizzle-orm';
import {
  lastKnownFactsSchema,
  type MissingReport,
} from '#shared/contract/central/people/missing-rsus.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { readInstant, readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';

/** A row of `listMissingReports`. */
export interface MissingReportRow extends Omit<MissingReport, 'facts' | 'reportedAt' | 'endedAt'> {
  readonly facts: unknown;
  readonly reportedAt: StoredMoment;
  readonly endedAt: StoredMoment | null;
}

/** The tills of an organisation that were reported missing, as `MissingReportRow`s. */
export function listMissingReports(organisationId: OrganisationId, which: SQL): SQL {
  return sql`SELECT missing.id AS "missingReportId", missing.rsu_id AS "rsuId", rsu.name AS "rsuName",
      missing.reason, missing.facts, missing.reported_by AS "reportedBy",
      missing.reported_at AS "reportedAt", missing.outcome, missing.ended_by AS "endedBy",
      missing.ended_at AS "endedAt"
    FROM rsu_missing_reports missing JOIN rsus rsu ON rsu.id = missing.rsu_id
    WHERE rsu.organization_id = ${organisationId} AND ${which}`;
}

/** A row as the contract shows it. */
export function describeMissingReport(row: MissingReportRow): MissingReport {
  return {
    ...row,
    facts: lastKnownFactsSchema.parse(row.facts),
    reportedAt: readInstant(row.reportedAt),
    endedAt: readInstantIfAny(row.endedAt),
  };
}
