import { type SQL, sql } from 'drizzle-orm';
import type { Counterfoil } from '#shared/contract/central/people/counterfoils.ts';
import type { CounterfoilPrintId, RaffleEventId } from '#shared/kernel/ids.ts';
import { type CsvField, writeCsv } from '../../api/csv.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';
import { rowsOf } from '../../db/rows.ts';

/** A row of `counterfoilsOf`. */
export interface CounterfoilRow extends Omit<Counterfoil, 'issuedAt'> {
  readonly issuedAt: StoredMoment;
}

/** The electronic counterfoils of a raffle event, one for each draw number that was ever sold. */
export function counterfoilsOf(raffleEventId: RaffleEventId): SQL {
  return sql`SELECT ${COLUMNS}, (SELECT count(*)::INT FROM counterfoil_print_numbers printed
      WHERE printed.ticket_id = counterfoil.ticket_id) AS "printCount"
    FROM counterfoils counterfoil WHERE raffle_event_id = ${raffleEventId}`;
}

/** A row as the contract shows it. */
export function counterfoilOf(row: CounterfoilRow): Counterfoil {
  return { ...row, issuedAt: readInstant(row.issuedAt) };
}

/** All counterfoils of a raffle event as CSV, by draw number. */
export async function writeCounterfoils(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<string> {
  const rows = await rowsOf<CounterfoilRow>(
    database,
    sql`${counterfoilsOf(raffleEventId)} ORDER BY draw_number`,
  );
  return writeCsv(
    [...HEADER, 'state', 'prints'],
    rows.map((row) => [...fieldsOf(row), row.state, row.printCount]),
  );
}

/** The counterfoils of one print as CSV; each that was printed before says so (GLI-31 2.4.2). */
export async function writePrint(
  database: Queryable,
  printId: CounterfoilPrintId,
): Promise<string> {
  const rows = await rowsOf<CounterfoilRow & { readonly copyNumber: number }>(
    database,
    sql`SELECT ${COLUMNS}, printed.copy_number AS "copyNumber"
      FROM counterfoil_print_numbers printed
      JOIN counterfoils counterfoil ON counterfoil.ticket_id = printed.ticket_id
      WHERE printed.counterfoil_print_id = ${printId} ORDER BY draw_number`,
  );
  return writeCsv(
    [...HEADER, 'copy'],
    rows.map((row) => [
      ...fieldsOf(row),
      row.copyNumber === 0 ? 'ORIGINAL' : `REPRINT ${row.copyNumber}`,
    ]),
  );
}

const COLUMNS = sql`draw_number AS "drawNumber", event_identifier AS "eventIdentifier",
  issued_at AS "issuedAt", total_amount AS "amountMinor", currency,
  validation_number AS "validationNumber", state`;

const HEADER = [
  'draw number',
  'raffle event',
  'issued',
  'amount in minor units',
  'currency',
  'validation number',
];

function fieldsOf(row: CounterfoilRow): CsvField[] {
  return [
    row.drawNumber,
    row.eventIdentifier,
    readInstant(row.issuedAt),
    row.amountMinor,
    row.currency,
    row.validationNumber,
  ];
}
