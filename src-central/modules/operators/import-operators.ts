import {
  type ImportedOperator,
  type ImportOutcome,
  importedOperatorSchema,
  MOST_IMPORTED,
} from '#shared/contract/central/people/operators.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { ok, type Refused, type Result, refuse } from '#shared/kernel/result.ts';
import type { Author } from '../../api/catalogue.ts';
import type { Problem } from '../../api/problems.ts';
import { type CsvLine, readCsv } from '../../api/read-csv.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { lockOrganisation } from '../members/repository.ts';
import { readSettings } from '../organisations/repository.ts';
import { hashPin, makePin } from './pin-credential.ts';
import { findByNumberOrBadge, insertOperator } from './repository.ts';
import { expiryOf } from './service.ts';

const COLUMNS = { required: ['number', 'name'], optional: ['badge', 'role', 'pin'] };

/** More faults than this help nobody. */
const MOST_FAULTS = 100;

interface ReadLine {
  readonly line: number;
  readonly operator: ImportedOperator;
}

/** Somebody who is there already. */
type Present = Awaited<ReturnType<typeof findByNumberOrBadge>>[number];

/**
 * Adds everybody of a CSV file who is not there yet: all or nobody.
 *
 * The whole file is checked first. Refuses it with every fault and its line: what does not read, a
 * number or badge twice, a number or badge of somebody else. The same file again changes nothing.
 */
export async function importOperators(
  central: Central,
  transaction: Transaction,
  organisationId: OrganisationId,
  csv: string,
  author: Author,
): Promise<Result<ImportOutcome, Problem>> {
  const file = readCsv(csv, COLUMNS);
  if (!file.ok) return refuseFile(file.failure);
  if (file.value.length > MOST_IMPORTED) {
    return refuseFile([`more than ${MOST_IMPORTED} lines: import them in parts`]);
  }
  const lines = file.value.map(readLine);
  const faults = lines.flatMap((line) => (line.ok ? [] : line.failure));
  const read = lines.flatMap((line) => (line.ok ? [line.value] : []));
  await lockOrganisation(transaction, organisationId);
  const present = await findByNumberOrBadge(
    transaction,
    organisationId,
    read.map(({ operator }) => operator.number),
    read.flatMap(({ operator }) => operator.badge ?? []),
  );
  faults.push(...repeated(read), ...taken(read, present));
  if (faults.length > 0) return refuseFile(faults);
  const missing = read.filter(({ operator }) => !present.some((each) => isSame(each, operator)));
  return ok({
    added: await addAll(central, transaction, organisationId, missing, author),
    unchangedCount: read.length - missing.length,
  });
}

function refuseFile(faults: readonly string[]): Refused<Problem> {
  return refuse({
    code: 'import.invalid',
    detail: `nobody was imported: ${faults.length} faults`,
    missing: faults.slice(0, MOST_FAULTS),
  });
}

function readLine({ line, fields }: CsvLine): Result<ReadLine, readonly string[]> {
  const parsed = importedOperatorSchema.safeParse({
    number: fields['number'],
    name: fields['name'],
    badge: fields['badge'] || null,
    role: fields['role']?.toLowerCase() || 'seller',
    pin: fields['pin'] || null,
  });
  if (parsed.success) return ok({ line, operator: parsed.data });
  return refuse(
    parsed.error.issues.map(({ path, message }) => `line ${line}: ${path.join('.')}: ${message}`),
  );
}

/** Lines that say a number or a badge which an earlier line said. */
function repeated(lines: readonly ReadLine[]): string[] {
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const { line, operator } of lines) {
    for (const key of [`number ${operator.number}`, `badge ${operator.badge}`]) {
      if (seen.has(key)) faults.push(`line ${line}: ${key} is there twice`);
      if (key !== 'badge null') seen.add(key);
    }
  }
  return faults;
}

/** Lines whose number or badge somebody else has. */
function taken(lines: readonly ReadLine[], present: readonly Present[]): string[] {
  return lines.flatMap(({ line, operator }) =>
    present
      .filter((each) => !isSame(each, operator))
      .flatMap((each) => [
        ...(each.number === operator.number
          ? [`line ${line}: number ${each.number} is that of ${each.displayName}`]
          : []),
        ...(each.badge !== null && each.badge === operator.badge
          ? [`line ${line}: badge ${each.badge} is that of ${each.displayName}`]
          : []),
      ]),
  );
}

function isSame(present: Present, operator: ImportedOperator): boolean {
  return (
    present.number === operator.number &&
    present.displayName === operator.name &&
    present.badge === operator.badge &&
    present.role === operator.role
  );
}

async function addAll(
  central: Central,
  transaction: Transaction,
  organisationId: OrganisationId,
  lines: readonly ReadLine[],
  author: Author,
): Promise<ImportOutcome['added']> {
  if (lines.length === 0) return [];
  const settings = await readSettings(transaction, organisationId);
  const pins = lines.map(({ operator }) => operator.pin ?? makePin(settings.pinDigits));
  const hashed = await Promise.all(
    pins.map(async (pin) => ({ pin, kept: await hashPin(central, pin) })),
  );
  const added: ImportOutcome['added'] = [];
  for (const [index, { pin, kept }] of hashed.entries()) {
    const operator = lines[index]?.operator;
    if (operator === undefined) continue;
    const { name: displayName, pin: given, ...facts } = operator;
    const operatorId = await insertOperator(
      transaction,
      organisationId,
      {
        ...facts,
        displayName,
        expiresAt: expiryOf(undefined, settings, author.now),
        mustChangePin: true,
        spareName: null,
      },
      kept,
      author,
    );
    const shownPin = given === null ? pin : null;
    added.push({ operatorId, number: facts.number, displayName, shownPin });
  }
  await recordCriticalEvent(transaction, {
    type: 'operators.imported',
    severity: 'INFO',
    description: 'people were imported who may sign in at tills',
    ...(author.userId === null ? {} : { userId: author.userId }),
    organisationId,
    metadata: { addedCount: added.length },
  });
  return added;
}
