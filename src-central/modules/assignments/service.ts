import { sql } from 'drizzle-orm';
import type {
  AssignmentRecord,
  NewAssignment,
} from '#shared/contract/central/people/rsu-assignments.ts';
import type { OperatorId, OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import {
  type AssignmentRow,
  describeAssignmentRow,
  findSeller,
  findTill,
  holderOfTill,
  listAssignments,
  lockAssignments,
  tillsOf,
} from './repository.ts';

/**
 * Hands a till to a seller, by what was scanned. A till that the seller had before counts as handed
 * back: nobody sells at two.
 *
 * Refuses a till or a badge that the organisation does not know.
 */
export async function handOut(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  { till, badge, section, floatMinor }: NewAssignment,
): Promise<Result<AssignmentRecord, Problem>> {
  await lockAssignments(transaction, organisationId);
  const rsuId = await findTill(transaction, organisationId, till);
  if (rsuId === undefined) return refuseWith('thing.unknown', 'no till has this identifier');
  const operatorId = await findSeller(transaction, organisationId, badge);
  if (operatorId === undefined) return refuseWith('rsu.no-operator', 'nobody has this badge');
  for (const former of await tillsOf(transaction, operatorId)) {
    if (former !== rsuId) await write(central, transaction, person, former, null);
  }
  const given = { operatorId, section, floatMinor };
  return ok(await write(central, transaction, person, rsuId, given));
}

/** Takes a till back. Refuses an unknown one, and one that nobody has. */
export async function handBack(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  till: string,
): Promise<Result<AssignmentRecord, Problem>> {
  await lockAssignments(transaction, organisationId);
  const rsuId = await findTill(transaction, organisationId, till);
  if (rsuId === undefined) return refuseWith('thing.unknown', 'no till has this identifier');
  if ((await holderOfTill(transaction, rsuId)) === null) {
    return refuseWith('thing.decided', 'nobody has this till');
  }
  return ok(await write(central, transaction, person, rsuId, null));
}

interface Given {
  readonly operatorId: OperatorId;
  readonly section: string | null;
  readonly floatMinor: number | null;
}

async function write(
  central: Central,
  transaction: Transaction,
  person: Person,
  rsuId: RsuId,
  given: Given | null,
): Promise<AssignmentRecord> {
  const float = given?.floatMinor ?? null;
  const row = await firstRowOf<{ readonly id: number; readonly organisationId: OrganisationId }>(
    transaction,
    sql`INSERT INTO rsu_assignments (rsu_id, operator_id, section, float_amount, currency, assigned_by, assigned_at)
        SELECT rsu.id, ${given?.operatorId ?? null}::UUID, ${given?.section ?? null}, ${float}::BIGINT,
          CASE WHEN ${float}::BIGINT IS NOT NULL THEN organization.primary_currency END,
          ${person.userId}, ${central.now().toISOString()}::TIMESTAMPTZ
        FROM rsus rsu JOIN organizations organization ON organization.id = rsu.organization_id
        WHERE rsu.id = ${rsuId}
        RETURNING id, (SELECT organization_id FROM rsus WHERE id = ${rsuId}) AS "organisationId"`,
  );
  invariant(row !== undefined, 'the till was found');
  const written = await firstRowOf<AssignmentRow>(
    transaction,
    listAssignments(row.organisationId, { assignmentId: row.id }),
  );
  invariant(written !== undefined, 'an assignment that was written is found');
  return describeAssignmentRow(written);
}
