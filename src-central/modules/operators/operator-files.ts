import { sql } from 'drizzle-orm';
import type { Operator, OperatorFileQuery } from '#shared/contract/central/people/operators.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { writeCsv } from '../../api/csv.ts';
import type { FileAnswer } from '../../api/person-route.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import { rowsOf } from '../../db/rows.ts';
import { readOrganisation } from '../organisations/repository.ts';
import { drawBadgeSlips } from './draw-badge-slips.ts';
import { type OperatorRow, operatorOf, operatorsOf } from './repository.ts';

/** The most badges of one document: drawing them holds up everybody else. */
const MOST_BADGES = 200;

/** The operators that fit as CSV, with the columns that an import reads. */
export async function writeOperatorsCsv(
  central: Central,
  organisationId: OrganisationId,
  query: OperatorFileQuery,
): Promise<FileAnswer> {
  const operators = await listOperators(central, organisationId, query);
  const rows = operators.map(({ number, displayName, badge, role }) => [
    number,
    displayName,
    badge,
    role,
  ]);
  return {
    mediaType: 'text/csv; charset=utf-8',
    fileName: 'operators.csv',
    content: writeCsv(['number', 'name', 'badge', 'role'], rows),
  };
}

/** Badge slips of the operators that fit. Refuses more than one document should hold. */
export async function printBadgeSlips(
  central: Central,
  organisationId: OrganisationId,
  query: OperatorFileQuery,
): Promise<Result<FileAnswer, Problem>> {
  const operators = await listOperators(central, organisationId, query, MOST_BADGES + 1);
  if (operators.length > MOST_BADGES) {
    return refuseWith('document.too-large', `ask for at most ${MOST_BADGES} people at a time`);
  }
  const { name } = await readOrganisation(central.database, organisationId);
  const content = await drawBadgeSlips(name, operators, central.now());
  return ok({ mediaType: 'application/pdf', fileName: 'badges.pdf', content });
}

async function listOperators(
  { database }: Central,
  organisationId: OrganisationId,
  query: OperatorFileQuery,
  limit?: number,
): Promise<Operator[]> {
  const rows = await rowsOf<OperatorRow>(
    database,
    sql`${operatorsOf(organisationId, query)} ORDER BY length(number), number
        ${limit === undefined ? sql`` : sql`LIMIT ${limit}`}`,
  );
  return rows.map(operatorOf);
}
