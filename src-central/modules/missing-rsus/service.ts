import { eq, sql } from 'drizzle-orm';
import type {
  MissingOutcome,
  MissingReport,
} from '#shared/contract/central/people/missing-rsus.ts';
import type { MissingReportId, OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { rsuMissingReports } from '../../db/schema/rsus.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { disable } from '../rsus/change-standing.ts';
import { lockRsus } from '../rsus/repository.ts';
import { readLastKnownFacts } from './last-known-facts.ts';
import { describeMissingReport, listMissingReports, type MissingReportRow } from './repository.ts';

/**
 * Reports a till missing: it is disabled at once, and what is known of it now is kept. Its numbers stay
 * its own: they are neither sold nor unsold, and nobody else gets them.
 *
 * Refuses one that is reported already.
 */
export async function reportMissing(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  rsuId: RsuId,
  reason: string,
): Promise<Result<MissingReport, Problem>> {
  const rsu = (await lockRsus(transaction, organisationId, [rsuId])).get(rsuId);
  if (rsu === undefined) return refuseWith('thing.unknown', 'no such till');
  if (rsu.isMissing) return refuseWith('thing.exists', 'the till is reported missing already');
  await disable(central, transaction, rsu, reason);
  const facts = await readLastKnownFacts(transaction, rsuId);
  const [row] = await transaction
    .insert(rsuMissingReports)
    .values({ rsuId, reason, facts, reportedBy: person.userId, reportedAt: central.now() })
    .returning({ id: rsuMissingReports.id });
  invariant(row !== undefined, 'an insert returns its row');
  await recordCriticalEvent(transaction, {
    type: 'rsu.missing',
    severity: 'ERROR',
    description: reason,
    rsuId,
    userId: person.userId,
    metadata: { unreported: facts.unreported },
  });
  return readReport(transaction, organisationId, row.id as MissingReportId);
}

/**
 * Says how it ended. A till that is back stays disabled until somebody enables it.
 *
 * Refuses to give a till up that is in no confirmed entry of the corruption log, and a report that has
 * ended.
 */
export async function endReport(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  missingReportId: MissingReportId,
  { outcome }: MissingOutcome,
): Promise<Result<MissingReport, Problem>> {
  const [row] = await transaction
    .select()
    .from(rsuMissingReports)
    .where(eq(rsuMissingReports.id, missingReportId))
    .for('update');
  invariant(row !== undefined, 'the path was checked');
  if (row.outcome !== null) return refuseWith('thing.decided', 'the report has ended');
  if (outcome === 'given-up' && !(await isInCorruptionLog(transaction, row.rsuId))) {
    return refuseWith('thing.in-use', 'the corruption log has no confirmed entry for the till');
  }
  await transaction
    .update(rsuMissingReports)
    .set({ outcome, endedBy: person.userId, endedAt: central.now() })
    .where(eq(rsuMissingReports.id, missingReportId));
  await recordCriticalEvent(transaction, {
    type: 'rsu.no-longer-missing',
    severity: 'WARN',
    description: `the search for the till ended: ${outcome}`,
    rsuId: row.rsuId as RsuId,
    userId: person.userId,
  });
  return readReport(transaction, organisationId, missingReportId);
}

async function isInCorruptionLog(transaction: Transaction, rsuId: string): Promise<boolean> {
  const row = await firstRowOf(
    transaction,
    sql`SELECT 1 FROM rsu_corruption_log WHERE rsu_id = ${rsuId} AND confirmed_at IS NOT NULL`,
  );
  return row !== undefined;
}

async function readReport(
  transaction: Transaction,
  organisationId: OrganisationId,
  missingReportId: MissingReportId,
): Promise<Result<MissingReport, Problem>> {
  const row = await firstRowOf<MissingReportRow>(
    transaction,
    listMissingReports(organisationId, sql`missing.id = ${missingReportId}`),
  );
  invariant(row !== undefined, 'a report that was written is found');
  return ok(describeMissingReport(row));
}
