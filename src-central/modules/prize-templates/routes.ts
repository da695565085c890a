import {
  changedPrizeTemplateSchema,
  newPrizeTemplateSchema,
  prizeTemplatePageSchema,
  prizeTemplateQuerySchema,
  prizeTemplateSchema,
} from '#shared/contract/central/people/prize-templates.ts';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { ok } from '#shared/kernel/result.ts';
import { registerCatalogue } from '../../api/catalogue.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import {
  insertPrizeTemplate,
  type PrizeTemplateRow,
  prizeTemplateOf,
  prizeTemplatesOf,
  updatePrizeTemplate,
} from './repository.ts';

/** The prizes that an organisation's raffle events are made from. */
export function registerPrizeTemplates(routes: TypedApp, central: Central): void {
  registerCatalogue(routes, central, {
    area: 'templates',
    noun: 'prize template',
    urls: { all: PEOPLE_ROUTES.prizeTemplates, one: PEOPLE_ROUTES.prizeTemplate },
    writers: ['admin'],
    schemas: {
      item: prizeTemplateSchema,
      page: prizeTemplatePageSchema,
      query: prizeTemplateQuerySchema,
      changed: changedPrizeTemplateSchema,
    },
    table: 'prize_templates',
    rows: (organisationId, { isActive }) => prizeTemplatesOf(organisationId, isActive),
    key: [
      { column: 'name', type: 'text' },
      { column: 'id', type: 'uuid' },
    ],
    itemOf: (row: PrizeTemplateRow) => prizeTemplateOf(row),
    adding: {
      schema: newPrizeTemplateSchema,
      add: async (...template) => ok(await insertPrizeTemplate(...template)),
    },
    change: async (transaction, id, body, author) =>
      ok(await updatePrizeTemplate(transaction, id, body, author)),
  });
}
