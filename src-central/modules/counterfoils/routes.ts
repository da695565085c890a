import { z } from 'zod';
import {
  type Counterfoil,
  type CounterfoilPrint,
  counterfoilPageQuerySchema,
  counterfoilPageSchema,
  counterfoilPrintPageQuerySchema,
  counterfoilPrintPageSchema,
  counterfoilPrintSchema,
  newCounterfoilPrintSchema,
} from '#shared/contract/central/people/counterfoils.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { CounterfoilPrintId, OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { listPage } from '../../api/pages.ts';
import { type FileAnswer, personCommand, personFile, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import {
  type CounterfoilRow,
  counterfoilOf,
  counterfoilsOf,
  writeCounterfoils,
  writePrint,
} from './counterfoil-rows.ts';
import {
  approvePrint,
  findReleasedPrint,
  type PrintRow,
  printOf,
  printsOf,
  requestPrint,
} from './service.ts';

const AREA = 'counterfoils';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const raffleEventParams = organisationParams.extend({ raffleEventId: idSchema<RaffleEventId>() });
const printParams = organisationParams.extend({
  counterfoilPrintId: idSchema<CounterfoilPrintId>(),
});

const READERS = { scope: 'organisation', roles: ['admin', 'supervisor', 'regulator'] } as const;
const SUPERVISORS = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;

/** The counterfoil of each draw number, and what was given out of them for printing (GLI-31 2.4). */
export function registerCounterfoils(routes: TypedApp, central: Central): void {
  registerLists(routes, central);
  registerPrints(routes, central);
}

function registerLists(routes: TypedApp, central: Central): void {
  const { database } = central;

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.counterfoils,
    access: READERS,
    area: AREA,
    summary: 'List the electronic counterfoils, by draw number',
    params: raffleEventParams,
    query: counterfoilPageQuerySchema,
    answer: counterfoilPageSchema,
    handler: ({ params, query }) =>
      listPage<CounterfoilRow, Counterfoil>(
        database,
        {
          rows: counterfoilsOf(params.raffleEventId),
          key: [{ column: 'drawNumber', type: 'bigint' }],
          direction: 'ascending',
          item: counterfoilOf,
        },
        query,
      ),
  });

  personFile(routes, central, {
    url: PEOPLE_ROUTES.counterfoilsCsv,
    access: READERS,
    area: AREA,
    summary: 'Every electronic counterfoil as CSV, by draw number',
    params: raffleEventParams,
    handler: async ({ params }) =>
      ok(csvFile('counterfoils.csv', await writeCounterfoils(database, params.raffleEventId))),
  });
}

function registerPrints(routes: TypedApp, central: Central): void {
  const { database } = central;

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.counterfoilPrints,
    access: READERS,
    area: AREA,
    summary: 'List what was given out for printing, newest first',
    params: raffleEventParams,
    query: counterfoilPrintPageQuerySchema,
    answer: counterfoilPrintPageSchema,
    handler: ({ params, query }) =>
      listPage<PrintRow, CounterfoilPrint>(
        database,
        {
          rows: printsOf(params.raffleEventId),
          key: [
            { column: 'requestedAt', type: 'timestamptz' },
            { column: 'counterfoilPrintId', type: 'uuid' },
          ],
          direction: 'descending',
          item: printOf,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.counterfoilPrints,
    access: SUPERVISORS,
    area: AREA,
    summary: 'Give out counterfoils for printing; reprints wait for another person',
    params: raffleEventParams,
    body: newCounterfoilPrintSchema,
    status: 201,
    answer: counterfoilPrintSchema,
    handler: (transaction, { person, params, body }) =>
      requestPrint(central, transaction, person, params.raffleEventId, body),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.counterfoilPrintApproval,
    access: SUPERVISORS,
    area: AREA,
    summary: 'Approve a reprint that another person asked for',
    params: printParams,
    status: 200,
    answer: counterfoilPrintSchema,
    handler: (transaction, { person, params }) =>
      approvePrint(central, transaction, person, params.counterfoilPrintId),
  });

  personFile(routes, central, {
    url: PEOPLE_ROUTES.counterfoilPrintCsv,
    access: SUPERVISORS,
    area: AREA,
    summary: 'The counterfoils of a print as CSV; reprints say so',
    params: printParams,
    handler: async ({ params }) => {
      const print = await findReleasedPrint(database, params.counterfoilPrintId);
      return print.ok
        ? ok(
            csvFile('counterfoil-print.csv', await writePrint(database, params.counterfoilPrintId)),
          )
        : print;
    },
  });
}

function csvFile(fileName: string, content: string): FileAnswer {
  return { mediaType: 'text/csv; charset=utf-8', fileName, content };
}
