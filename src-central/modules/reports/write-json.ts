import type { FilledReport } from './read-report.ts';

/** A report as JSON: instants in UTC, amounts in minor units. */
export function writeJson({ report, scope, sections, obstacles }: FilledReport): string {
  const { raffleEventId: _id, organisationId: _organisation, filters, ...heading } = scope;
  return JSON.stringify({
    title: report.title,
    ...heading,
    filters,
    ...(report.obstacles === undefined ? {} : { isProvisional: obstacles.length > 0, obstacles }),
    sections: sections.map(({ section, rows, totals }) => ({
      title: section.title,
      columns: section.columns.map(({ key, header, kind }) => ({ key, header, kind })),
      rows: rows.map((row) =>
        Object.fromEntries(section.columns.map(({ key }, place) => [key, row[place] ?? null])),
      ),
      totals: Object.fromEntries(
        section.columns.flatMap(({ key }, place) => {
          const total = totals[place] ?? null;
          return total === null ? [] : [[key, total]];
        }),
      ),
    })),
  });
}
