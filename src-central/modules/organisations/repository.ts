import { type AnyColumn, eq, type SQL, sql } from 'drizzle-orm';
import {
  type ChangedOrganisation,
  type Organisation,
  type OrganisationSettings,
  organisationSettingsSchema,
} from '#shared/contract/central/people/organisations.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { CurrencyCode } from '#shared/kernel/money.ts';
import { type Author, REVISION } from '../../api/catalogue.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { organizations } from '../../db/schema/organisations.ts';

/** A row of `organisationsWhere`. */
export interface OrganisationRow {
  readonly organisationId: OrganisationId;
  readonly name: string;
  readonly description: string | null;
  readonly licenceNumber: string | null;
  readonly currency: CurrencyCode;
  readonly settings: unknown;
  readonly revision: string;
}

/** The organisations that fit. */
export function organisationsWhere(condition: SQL): SQL {
  return sql`SELECT id AS "organisationId", name, description, license_number AS "licenceNumber",
      primary_currency AS currency, settings, ${REVISION}
    FROM organizations WHERE ${condition}`;
}

/** A row as the contract shows it. */
export function organisationOf(row: OrganisationRow): Organisation {
  return { ...row, settings: organisationSettingsSchema.parse(row.settings ?? {}) };
}

/** One organisation, which exists. */
export async function readOrganisation(
  database: Queryable,
  organisationId: OrganisationId,
): Promise<Organisation> {
  const row = await firstRowOf<OrganisationRow>(
    database,
    organisationsWhere(sql`id = ${organisationId}`),
  );
  invariant(row !== undefined, 'its members were asked before');
  return organisationOf(row);
}

/** What an organisation decided for itself. */
export async function readSettings(
  database: Queryable,
  organisationId: OrganisationId,
): Promise<OrganisationSettings> {
  return (await readOrganisation(database, organisationId)).settings;
}

/** What an organisation is made from. */
export interface OrganisationFacts {
  readonly name: string;
  readonly licenceNumber: string | null;
  readonly currency: string;
}

/** Adds an organisation. */
export async function insertOrganisation(
  transaction: Transaction,
  { name, licenceNumber, currency }: OrganisationFacts,
): Promise<OrganisationId> {
  const [row] = await transaction
    .insert(organizations)
    .values({ name, licenseNumber: licenceNumber, primaryCurrency: currency })
    .returning({ id: organizations.id });
  invariant(row !== undefined, 'an insert returns its row');
  return row.id as OrganisationId;
}

/** Changes an organisation. */
export async function updateOrganisation(
  transaction: Transaction,
  organisationId: OrganisationId,
  { licenceNumber, currency, ...body }: ChangedOrganisation,
  { userId, now }: Author,
): Promise<void> {
  await transaction
    .update(organizations)
    .set({
      ...body,
      licenseNumber: licenceNumber,
      primaryCurrency: currency,
      updatedAt: now,
      updatedBy: userId,
    })
    .where(eq(organizations.id, organisationId));
}

/** Whether anything counts in the organisation's present currency: a raffle event or a template. */
export async function usesItsCurrency(
  transaction: Transaction,
  organisationId: OrganisationId,
): Promise<boolean> {
  const row = await firstRowOf<object>(
    transaction,
    sql`SELECT 1 WHERE
      EXISTS (SELECT 1 FROM raffle_events WHERE organization_id = ${organisationId})
      OR EXISTS (SELECT 1 FROM ticket_package_templates
                 WHERE organization_id = ${organisationId} AND is_active)
      OR EXISTS (SELECT 1 FROM prize_templates WHERE organization_id = ${organisationId} AND is_active)`,
  );
  return row !== undefined;
}

/** An organisation's currency, as a value for a row of its. */
export function currencyOf(organisation: OrganisationId | AnyColumn): SQL {
  return sql`(SELECT primary_currency FROM organizations WHERE id = ${organisation})`;
}
