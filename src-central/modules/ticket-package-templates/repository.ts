import { eq, sql } from 'drizzle-orm';
import type {
  ChangedPackageTemplate,
  NewPackageTemplate,
  PackageTemplate,
} from '#shared/contract/central/people/ticket-package-templates.ts';
import type { OrganisationId, PackageTemplateId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { CurrencyCode } from '#shared/kernel/money.ts';
import { type Author, REVISION } from '../../api/catalogue.ts';
import type { Transaction } from '../../db/database.ts';
import { ticketPackageTemplates } from '../../db/schema/raffle-events.ts';
import { currencyOf } from '../organisations/repository.ts';

/** A row of `packageTemplatesOf`. */
export interface PackageTemplateRow {
  readonly id: PackageTemplateId;
  readonly name: string;
  readonly description: string | null;
  readonly numberCount: number;
  readonly priceMinor: number;
  readonly currency: CurrencyCode;
  readonly displayOrder: number;
  readonly isActive: boolean;
  readonly revision: string;
}

/** The package templates of an organisation, in the order in which tills would show them. */
export function packageTemplatesOf(organisationId: OrganisationId, isActive: boolean | undefined) {
  return sql`SELECT id, name, description, ticket_count AS "numberCount", price AS "priceMinor",
      currency, coalesce(display_order, 0) AS "displayOrder", is_active AS "isActive", ${REVISION}
    FROM ticket_package_templates
    WHERE organization_id = ${organisationId}
    ${isActive === undefined ? sql`` : sql`AND is_active = ${isActive}`}`;
}

/** A row as the contract shows it. */
export function packageTemplateOf({ id, ...row }: PackageTemplateRow): PackageTemplate {
  return { packageTemplateId: id, ...row };
}

/** Adds a template, priced in the organisation's currency. */
export async function insertPackageTemplate(
  transaction: Transaction,
  organisationId: OrganisationId,
  body: NewPackageTemplate,
  { userId, now }: Author,
): Promise<PackageTemplateId> {
  const [row] = await transaction
    .insert(ticketPackageTemplates)
    .values({
      organizationId: organisationId,
      ...columnsOf(body),
      currency: currencyOf(organisationId),
      createdAt: now,
      createdBy: userId,
      updatedAt: now,
      updatedBy: userId,
    })
    .returning({ id: ticketPackageTemplates.id });
  invariant(row !== undefined, 'an insert returns its row');
  return row.id as PackageTemplateId;
}

/** Changes a template. Raffle events that were made from it keep what they have. */
export async function updatePackageTemplate(
  transaction: Transaction,
  id: string,
  { isActive, ...body }: ChangedPackageTemplate,
  { userId, now }: Author,
): Promise<void> {
  await transaction
    .update(ticketPackageTemplates)
    .set({
      ...columnsOf(body),
      currency: currencyOf(ticketPackageTemplates.organizationId),
      isActive,
      updatedAt: now,
      updatedBy: userId,
    })
    .where(eq(ticketPackageTemplates.id, id));
}

function columnsOf({ numberCount, priceMinor, ...rest }: NewPackageTemplate) {
  return { ticketCount: numberCount, price: priceMinor, ...rest };
}
