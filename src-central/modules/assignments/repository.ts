import { sql } from 'drizzle-orm';
import type {
  AssignmentQuery,
  AssignmentRecord,
} from '#shared/contract/central/people/rsu-assignments.ts';
import type { OperatorId, OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';
import type { Transaction } from '../../db/database.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';

/** A row of `listAssignments`. */
export interface AssignmentRow extends Omit<AssignmentRecord, 'float' | 'assignedAt'> {
  readonly floatAmount: number | null;
  readonly currency: CurrencyCode | null;
  readonly assignedAt: StoredMoment;
}

/** The history of who had which till, as `AssignmentRow`s. */
export function listAssignments(
  organisationId: OrganisationId,
  filter: Pick<AssignmentQuery, 'rsuId' | 'operatorId'> & { readonly assignmentId?: number },
) {
  const { rsuId, operatorId, assignmentId } = filter;
  return sql`SELECT assignment.id AS "assignmentId", assignment.rsu_id AS "rsuId", rsu.name AS "rsuName",
      assignment.operator_id AS "operatorId", operator.display_name AS "operatorName",
      assignment.section, assignment.float_amount AS "floatAmount", assignment.currency,
      assignment.assigned_by AS "assignedBy", assignment.assigned_at AS "assignedAt"
    FROM rsu_assignments assignment
    JOIN rsus rsu ON rsu.id = assignment.rsu_id
    LEFT JOIN operators operator ON operator.id = assignment.operator_id
    WHERE rsu.organization_id = ${organisationId}
      AND ${rsuId === undefined ? sql`TRUE` : sql`assignment.rsu_id = ${rsuId}`}
      AND ${operatorId === undefined ? sql`TRUE` : sql`assignment.operator_id = ${operatorId}`}
      AND ${assignmentId === undefined ? sql`TRUE` : sql`assignment.id = ${assignmentId}`}`;
}

/** A row as the contract shows it. */
export function describeAssignmentRow({
  floatAmount,
  currency,
  assignedAt,
  ...row
}: AssignmentRow): AssignmentRecord {
  return {
    ...row,
    float: floatAmount === null || currency === null ? null : money(floatAmount, currency),
    assignedAt: readInstant(assignedAt),
  };
}

/** Keeps two people from handing out an organisation's tills at once. */
export async function lockAssignments(
  transaction: Transaction,
  organisationId: OrganisationId,
): Promise<void> {
  await transaction.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended('assignments/' || ${organisationId}::TEXT, 0))`,
  );
}

/** The RSU with a scanned identifier. */
export async function findTill(
  transaction: Transaction,
  organisationId: OrganisationId,
  deviceIdentifier: string,
): Promise<RsuId | undefined> {
  const row = await firstRowOf<{ readonly id: RsuId }>(
    transaction,
    sql`SELECT id FROM rsus WHERE organization_id = ${organisationId} AND state <> 'virtual'
        AND device_identifier = ${deviceIdentifier}`,
  );
  return row?.id;
}

/** The person with a scanned badge, or with a typed number, who may sign in. */
export async function findSeller(
  transaction: Transaction,
  organisationId: OrganisationId,
  badge: string,
): Promise<OperatorId | undefined> {
  const row = await firstRowOf<{ readonly id: OperatorId }>(
    transaction,
    sql`SELECT id FROM operators WHERE organization_id = ${organisationId} AND is_enabled
        AND (badge = ${badge} OR number = ${badge}) ORDER BY badge = ${badge} DESC NULLS LAST LIMIT 1`,
  );
  return row?.id;
}

/** The tills that a person has now. */
export async function tillsOf(
  transaction: Transaction,
  operatorId: OperatorId,
): Promise<readonly RsuId[]> {
  const rows = await rowsOf<{ readonly rsuId: RsuId }>(
    transaction,
    sql`SELECT latest.rsu_id AS "rsuId" FROM (
          SELECT DISTINCT ON (rsu_id) rsu_id, operator_id FROM rsu_assignments
          WHERE rsu_id IN (SELECT rsu_id FROM rsu_assignments WHERE operator_id = ${operatorId})
          ORDER BY rsu_id, id DESC) AS latest
        WHERE latest.operator_id = ${operatorId} ORDER BY latest.rsu_id`,
  );
  return rows.map(({ rsuId }) => rsuId);
}

/** Who has a till now. */
export async function holderOfTill(
  transaction: Transaction,
  rsuId: RsuId,
): Promise<OperatorId | null> {
  const row = await firstRowOf<{ readonly operatorId: OperatorId | null }>(
    transaction,
    sql`SELECT operator_id AS "operatorId" FROM rsu_assignments
        WHERE rsu_id = ${rsuId} ORDER BY id DESC LIMIT 1`,
  );
  return row?.operatorId ?? null;
}
