import { z } from 'zod';
import {
  REPORT_NAMES,
  type ReportName,
  type ReportQuery,
  reportCatalogueSchema,
  reportQuerySchema,
} from '#shared/contract/central/people/reports.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type FileAnswer, personFile, personQuery } from '../../api/person-route.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import { readConsistently } from '../../db/database.ts';
import type { TypedApp } from '../../typed-app.ts';
import { REPORTS } from './catalogue.ts';
import { type FilledReport, readReport } from './read-report.ts';
import { readScope } from './read-scope.ts';
import { writeJson } from './write-json.ts';
import { writeReportCsv } from './write-report-csv.ts';
import { writeReportPdf } from './write-report-pdf.ts';

const AREA = 'reports';
const READERS = { scope: 'organisation', roles: ['admin', 'supervisor', 'regulator'] } as const;

const raffleEventParams = z.object({
  organisationId: idSchema<OrganisationId>(),
  raffleEventId: idSchema<RaffleEventId>(),
});

/** The most rows of one table: they are held in memory, and nobody turns more pages. */
const MOST_ROWS = { json: 50_000, csv: 50_000, pdf: 5_000 } as const;

/** What is reported of a raffle event (GLI-31 2.8.1), as JSON, CSV or PDF. */
export function registerReports(routes: TypedApp, central: Central): void {
  personQuery(routes, central, {
    url: PEOPLE_ROUTES.reports,
    access: READERS,
    area: AREA,
    summary: 'List the reports of a raffle event, and what each can be narrowed by',
    params: raffleEventParams,
    answer: reportCatalogueSchema,
    handler: async () =>
      ok({
        reports: REPORT_NAMES.map((name) => {
          const { title, filters } = REPORTS[name];
          return { name, title, filters: [...filters] };
        }),
      }),
  });

  personFile(routes, central, {
    url: PEOPLE_ROUTES.report,
    access: READERS,
    area: AREA,
    summary: 'One report as JSON, CSV or PDF',
    params: raffleEventParams.extend({ reportName: z.enum(REPORT_NAMES) }),
    query: reportQuerySchema,
    handler: ({ person, params, query }) => report(central, person, params, query),
  });
}

async function report(
  central: Central,
  person: Person,
  { raffleEventId, reportName }: { raffleEventId: RaffleEventId; reportName: ReportName },
  { format, ...filters }: ReportQuery,
): Promise<Result<FileAnswer, Problem>> {
  const wanted = REPORTS[reportName];
  const unknown = Object.keys(filters).find(
    (name) => !wanted.filters.some((each) => each === name),
  );
  if (unknown !== undefined) {
    return refuseWith('request.invalid', `this report cannot be narrowed by ${unknown}`);
  }
  const filled = await readConsistently(central.database, async (transaction) => {
    const scope = await readScope(central, transaction, person, raffleEventId, filters);
    return readReport(transaction, wanted, scope, MOST_ROWS[format]);
  });
  return filled.ok ? ok(await writeFile(filled.value, reportName, format)) : filled;
}

async function writeFile(
  filled: FilledReport,
  reportName: ReportName,
  format: ReportQuery['format'],
): Promise<FileAnswer> {
  const identifier = filled.scope.eventIdentifier.replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  const fileName = `${identifier}-${reportName}.${format}`;
  switch (format) {
    case 'json':
      return {
        mediaType: 'application/json; charset=utf-8',
        fileName,
        content: writeJson(filled),
      };
    case 'csv':
      return { mediaType: 'text/csv; charset=utf-8', fileName, content: writeReportCsv(filled) };
    case 'pdf':
      return { mediaType: 'application/pdf', fileName, content: await writeReportPdf(filled) };
  }
}
