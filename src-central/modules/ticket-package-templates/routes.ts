import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import {
  changedPackageTemplateSchema,
  newPackageTemplateSchema,
  packageTemplatePageSchema,
  packageTemplateQuerySchema,
  packageTemplateSchema,
} from '#shared/contract/central/people/ticket-package-templates.ts';
import { ok } from '#shared/kernel/result.ts';
import { registerCatalogue } from '../../api/catalogue.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import {
  insertPackageTemplate,
  type PackageTemplateRow,
  packageTemplateOf,
  packageTemplatesOf,
  updatePackageTemplate,
} from './repository.ts';

/** The packages that an organisation's raffle events are made from. */
export function registerPackageTemplates(routes: TypedApp, central: Central): void {
  registerCatalogue(routes, central, {
    area: 'templates',
    noun: 'package template',
    urls: { all: PEOPLE_ROUTES.packageTemplates, one: PEOPLE_ROUTES.packageTemplate },
    writers: ['admin'],
    schemas: {
      item: packageTemplateSchema,
      page: packageTemplatePageSchema,
      query: packageTemplateQuerySchema,
      changed: changedPackageTemplateSchema,
    },
    table: 'ticket_package_templates',
    rows: (organisationId, { isActive }) => packageTemplatesOf(organisationId, isActive),
    key: [
      { column: 'displayOrder', type: 'integer' },
      { column: 'id', type: 'uuid' },
    ],
    itemOf: (row: PackageTemplateRow) => packageTemplateOf(row),
    adding: {
      schema: newPackageTemplateSchema,
      add: async (...template) => ok(await insertPackageTemplate(...template)),
    },
    change: async (transaction, id, body, author) =>
      ok(await updatePackageTemplate(transaction, id, body, author)),
  });
}
