import { z } from 'zod';
import {
  type Binding,
  bindingPageQuerySchema,
  bindingPageSchema,
  changedOperatorSchema,
  createdOperatorSchema,
  importOutcomeSchema,
  newBindingSchema,
  newOperatorSchema,
  newPinSchema,
  type OperatorQuery,
  operatorFileQuerySchema,
  operatorImportSchema,
  operatorPageSchema,
  operatorQuerySchema,
  operatorSchema,
  shownPinAnswerSchema,
} from '#shared/contract/central/people/operators.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { idSchema } from '#shared/contract/values.ts';
import type { OperatorId, OrganisationId } from '#shared/kernel/ids.ts';
import { ok } from '#shared/kernel/result.ts';
import { EVERY_ROLE } from '../../api/access.ts';
import { registerCatalogue } from '../../api/catalogue.ts';
import { listPage } from '../../api/pages.ts';
import type { Person } from '../../api/person.ts';
import { personCommand, personFile, personQuery } from '../../api/person-route.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import { importOperators } from './import-operators.ts';
import { printBadgeSlips, writeOperatorsCsv } from './operator-files.ts';
import {
  type BindingRow,
  bindingOf,
  bindingsOf,
  type OperatorRow,
  operatorOf,
  operatorsOf,
} from './repository.ts';
import { addOperator, bindSpare, changeOperator, setPin } from './service.ts';

const AREA = 'operators';
const organisationParams = z.object({ organisationId: idSchema<OrganisationId>() });
const operatorParams = organisationParams.extend({ operatorId: idSchema<OperatorId>() });
const desk = { scope: 'organisation', roles: ['admin', 'supervisor'] } as const;
const everybody = { scope: 'organisation', roles: EVERY_ROLE } as const;

/** The people who may sign in at tills. */
export function registerOperators(routes: TypedApp, central: Central): void {
  const authorOf = ({ userId }: Person) => ({ userId, now: central.now() });

  registerCatalogue(routes, central, {
    area: AREA,
    noun: 'operator',
    urls: { all: PEOPLE_ROUTES.operators, one: PEOPLE_ROUTES.operator },
    writers: desk.roles,
    schemas: {
      item: operatorSchema,
      page: operatorPageSchema,
      query: operatorQuerySchema,
      changed: changedOperatorSchema,
    },
    table: 'operators',
    rows: (organisationId, query: Partial<OperatorQuery>) => operatorsOf(organisationId, query),
    key: [
      { column: 'displayName', type: 'text' },
      { column: 'id', type: 'uuid' },
    ],
    itemOf: (row: OperatorRow) => operatorOf(row),
    change: (transaction, id, body, author, organisationId) =>
      changeOperator(transaction, { organisationId, operatorId: id as OperatorId }, body, author),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.operators,
    access: desk,
    area: AREA,
    summary: 'Add an operator with a first PIN',
    params: organisationParams,
    body: newOperatorSchema,
    status: 201,
    answer: createdOperatorSchema,
    keepsAnswer: false,
    handler: async (transaction, { person, params, body }) =>
      ok(await addOperator(central, transaction, params.organisationId, body, authorOf(person))),
  });

  personCommand(routes, central, {
    method: 'PUT',
    url: PEOPLE_ROUTES.operatorPin,
    access: desk,
    area: AREA,
    summary: 'Set another PIN, to be changed at the next sign-in',
    params: operatorParams,
    body: newPinSchema,
    status: 200,
    answer: shownPinAnswerSchema,
    keepsAnswer: false,
    handler: async (transaction, { person, params, body }) =>
      ok(await setPin(central, transaction, params, body, authorOf(person))),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.operatorBindings,
    access: desk,
    area: AREA,
    summary: 'Give a spare credential to somebody, or take it back',
    params: operatorParams,
    body: newBindingSchema,
    status: 201,
    answer: operatorSchema,
    handler: (transaction, { person, params, body }) =>
      bindSpare(transaction, params, body, authorOf(person)),
  });

  personQuery(routes, central, {
    url: PEOPLE_ROUTES.operatorBindings,
    access: everybody,
    area: AREA,
    summary: 'List who had a spare credential',
    params: operatorParams,
    query: bindingPageQuerySchema,
    answer: bindingPageSchema,
    handler: ({ params, query }) =>
      listPage<BindingRow, Binding>(
        central.database,
        {
          rows: bindingsOf(params.operatorId),
          key: [{ column: 'bindingId', type: 'bigint' }],
          direction: 'descending',
          item: bindingOf,
        },
        query,
      ),
  });

  personCommand(routes, central, {
    method: 'POST',
    url: PEOPLE_ROUTES.operatorImports,
    access: desk,
    area: AREA,
    summary: 'Add everybody of a CSV file, or nobody',
    params: organisationParams,
    body: operatorImportSchema,
    largestBodyBytes: 1_000_000,
    status: 200,
    answer: importOutcomeSchema,
    keepsAnswer: false,
    handler: (transaction, { person, params, body }) =>
      importOperators(central, transaction, params.organisationId, body.csv, authorOf(person)),
  });

  personFile(routes, central, {
    url: PEOPLE_ROUTES.operatorsCsv,
    access: everybody,
    area: AREA,
    summary: 'The operators as CSV, with the columns that an import reads',
    params: organisationParams,
    query: operatorFileQuerySchema,
    handler: async ({ params, query }) =>
      ok(await writeOperatorsCsv(central, params.organisationId, query)),
  });

  personFile(routes, central, {
    url: PEOPLE_ROUTES.badgeSlips,
    access: desk,
    area: AREA,
    summary: 'Badges to print and cut out, as PDF',
    params: organisationParams,
    query: operatorFileQuerySchema,
    handler: ({ params, query }) => printBadgeSlips(central, params.organisationId, query),
  });
}
