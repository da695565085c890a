import { type SQL, sql } from 'drizzle-orm';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Queryable } from '../db/database.ts';
import { rowsOf } from '../db/rows.ts';
import { type CsvField, writeCsv } from './csv.ts';
import type { FileAnswer } from './person-route.ts';
import { type Problem, refuseWith } from './problems.ts';

/** The most rows of one file: they are held in memory while it is written. */
const MOST_ROWS = 50_000;

/** Rows as a CSV file. Refuses more than `MOST_ROWS`: whoever asks narrows their search. */
export async function exportCsv<Row extends object>(
  database: Queryable,
  file: {
    readonly fileName: string;
    readonly header: readonly string[];
    /** In their order. */
    readonly rows: SQL;
    readonly fields: (row: Row) => readonly CsvField[];
  },
): Promise<Result<FileAnswer, Problem>> {
  const rows = await rowsOf<Row>(database, sql`${file.rows} LIMIT ${MOST_ROWS + 1}`);
  if (rows.length > MOST_ROWS) {
    return refuseWith('export.too-large', `more than ${MOST_ROWS} rows: ask for a shorter time`);
  }
  return ok({
    mediaType: 'text/csv; charset=utf-8',
    fileName: file.fileName,
    content: writeCsv(file.header, rows.map(file.fields)),
  });
}
