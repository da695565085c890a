import { type CsvField, writeCsv } from '../../api/csv.ts';
import { headingOf } from './heading.ts';
import { type Cell, cellText, type FilledReport, type FilledSection } from './read-report.ts';
import type { Column, ReportScope } from './report.ts';

/**
 * A report as CSV: its heading, then each table with its title, its columns, its rows and its sums,
 * with an empty line between. Amounts are in whole units with a point.
 */
export function writeReportCsv(filled: FilledReport): string {
  const [title = ['', ''], ...heading] = headingOf(filled);
  const tables = filled.sections.flatMap((section) => [[], ...linesOf(section, filled.scope)]);
  return writeCsv(title, [...heading, ...tables]);
}

function linesOf({ section, rows, totals }: FilledSection, scope: ReportScope): CsvField[][] {
  const { columns } = section;
  const write = (cells: readonly Cell[]) =>
    columns.map((column, place) => fieldOf(cells[place] ?? null, column, scope));
  const hasTotals = totals.some((total) => total !== null);
  return [
    [section.title],
    columns.map(({ header }) => header),
    ...rows.map(write),
    ...(hasTotals ? [['Total', ...write(totals).slice(1)]] : []),
  ];
}

function fieldOf(cell: Cell, column: Column, scope: ReportScope): CsvField {
  if (cell === null) return null;
  return column.kind === 'count' ? Number(cell) : cellText(cell, column, scope);
}
