import { sql } from 'drizzle-orm';
import { drawNumberTexts, formatDrawNumber } from '#shared/domain/draw-number-text.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { formatMoney, money } from '#shared/kernel/money.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { venueTimeOf } from '#shared/kernel/venue-time.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';
import { rowsOf } from '../../db/rows.ts';
import type { Column, Report, ReportScope, Section } from './report.ts';

/** What one field of a row is: moments as instants, amounts in minor units. */
export type Cell = string | number | readonly number[] | null;

/** A section with its rows; a cell for each column. */
export interface FilledSection {
  readonly section: Section;
  readonly rows: readonly (readonly Cell[])[];
  /** The sums of the columns that have one; null where there is none. */
  readonly totals: readonly (number | null)[];
}

/** A report as it was at one moment. */
export interface FilledReport {
  readonly report: Report;
  readonly scope: ReportScope;
  /** Why it may still change; empty once it is final, and for reports that do not say. */
  readonly obstacles: readonly string[];
  readonly sections: readonly FilledSection[];
}

/**
 * Reads a report. Refuses more than `mostRows` rows in one section: they are held in memory while the
 * report is written, and whoever asks can ask for a shorter period.
 */
export async function readReport(
  database: Queryable,
  report: Report,
  scope: ReportScope,
  mostRows: number,
): Promise<Result<FilledReport, Problem>> {
  const sections: FilledSection[] = [];
  for (const section of report.sections) {
    const rows = await rowsOf<Readonly<Record<string, unknown>>>(
      database,
      sql`${section.rows(scope)} LIMIT ${mostRows + 1}`,
    );
    if (rows.length > mostRows) {
      return refuseWith('export.too-large', `more than ${mostRows} rows: ask for a shorter time`);
    }
    sections.push(fill(section, rows));
  }
  const obstacles =
    report.obstacles === undefined
      ? []
      : await rowsOf<{ readonly obstacle: string }>(database, report.obstacles(scope));
  return ok({ report, scope, sections, obstacles: obstacles.map(({ obstacle }) => obstacle) });
}

function fill(
  section: Section,
  stored: readonly Readonly<Record<string, unknown>>[],
): FilledSection {
  const { columns } = section;
  const rows = stored.map((row) => columns.map((column) => cellOf(column, row[column.key])));
  const totals = columns.map(({ isTotalled }, place) =>
    isTotalled === true ? rows.reduce((sum, row) => sum + Number(row[place]), 0) : null,
  );
  return { section, rows, totals };
}

function cellOf({ key, kind }: Column, value: unknown): Cell {
  invariant(value !== undefined, `the query has no column ${key}`);
  if (value === null) return null;
  switch (kind) {
    case 'text':
      return String(value);
    case 'moment':
      return readInstant(value as StoredMoment);
    case 'drawNumbers':
      return value as readonly number[];
    case 'count':
    case 'money':
    case 'drawNumber':
      invariant(Number.isSafeInteger(value), `${key} is no whole number: ${String(value)}`);
      return value as number;
  }
}

/** A cell as people read it. */
export function cellText(cell: Cell, { kind }: Column, scope: ReportScope): string {
  if (cell === null) return '';
  switch (kind) {
    case 'text':
    case 'count':
      return String(cell);
    case 'money':
      return amountText(Number(cell), scope);
    case 'moment':
      return momentText(cell as Instant, scope.timeZone);
    case 'drawNumber':
      return formatDrawNumber(Number(cell), scope.numberSpace);
    case 'drawNumbers':
      return drawNumberTexts(cell as readonly number[], scope.numberSpace, false).join(', ');
  }
}

/** An amount without its currency, which stands at the head of the report. */
function amountText(minor: number, { currency }: ReportScope): string {
  return formatMoney(money(minor, currency)).slice(currency.length + 1);
}

/** `2026-11-22 19:05:07`: what a clock at the venue showed. */
export function momentText(instant: Instant, timeZone: string): string {
  const { year, month, day, hour, minute, second } = venueTimeOf(instant, timeZone);
  const padded = (value: number) => String(value).padStart(2, '0');
  return `${year}-${padded(month)}-${padded(day)} ${padded(hour)}:${padded(minute)}:${padded(second)}`;
}
