import { eq, sql } from 'drizzle-orm';
import type {
  ChangedPrizeTemplate,
  NewPrizeTemplate,
  PrizeAward,
  PrizeTemplate,
} from '#shared/contract/central/people/prize-templates.ts';
import { formatPercentage } from '#shared/domain/percentage.ts';
import type { OrganisationId, PrizeTemplateId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { CurrencyCode } from '#shared/kernel/money.ts';
import { type Author, REVISION } from '../../api/catalogue.ts';
import type { Transaction } from '../../db/database.ts';
import { prizeTemplates } from '../../db/schema/raffle-events.ts';
import { readAward, type StoredAward } from '../../prize-award.ts';
import { currencyOf } from '../organisations/repository.ts';

/** A row of `prizeTemplatesOf`. */
export interface PrizeTemplateRow extends StoredAward {
  readonly id: PrizeTemplateId;
  readonly name: string;
  readonly description: string | null;
  readonly currency: CurrencyCode;
  readonly isActive: boolean;
  readonly revision: string;
}

/** The prize templates of an organisation. */
export function prizeTemplatesOf(organisationId: OrganisationId, isActive: boolean | undefined) {
  return sql`SELECT id, name, description, type, value, percentage::TEXT, cap, currency,
      is_active AS "isActive", ${REVISION}
    FROM prize_templates
    WHERE organization_id = ${organisationId}
    ${isActive === undefined ? sql`` : sql`AND is_active = ${isActive}`}`;
}

/** A row as the contract shows it. */
export function prizeTemplateOf(row: PrizeTemplateRow): PrizeTemplate {
  const { id, name, description, currency, isActive, revision } = row;
  const award = awardOf(row);
  return { prizeTemplateId: id, name, description, award, currency, isActive, revision };
}

/** Adds a template, worth an amount in the organisation's currency or a share of net sales. */
export async function insertPrizeTemplate(
  transaction: Transaction,
  organisationId: OrganisationId,
  body: NewPrizeTemplate,
  { userId, now }: Author,
): Promise<PrizeTemplateId> {
  const [row] = await transaction
    .insert(prizeTemplates)
    .values({
      organizationId: organisationId,
      ...columnsOf(body),
      currency: currencyOf(organisationId),
      createdAt: now,
      createdBy: userId,
      updatedAt: now,
      updatedBy: userId,
    })
    .returning({ id: prizeTemplates.id });
  invariant(row !== undefined, 'an insert returns its row');
  return row.id as PrizeTemplateId;
}

/** Changes a template. Raffle events that were made from it keep what they have. */
export async function updatePrizeTemplate(
  transaction: Transaction,
  id: string,
  { isActive, ...body }: ChangedPrizeTemplate,
  { userId, now }: Author,
): Promise<void> {
  await transaction
    .update(prizeTemplates)
    .set({
      ...columnsOf(body),
      currency: currencyOf(prizeTemplates.organizationId),
      isActive,
      updatedAt: now,
      updatedBy: userId,
    })
    .where(eq(prizeTemplates.id, id));
}

function awardOf(row: PrizeTemplateRow): PrizeAward {
  const award = readAward(row, row.currency);
  if (award.kind === 'fixed') return { kind: 'fixed', valueMinor: award.value.minor };
  const { hundredthsOfPercent, cap } = award;
  return { kind: 'percentage', hundredthsOfPercent, capMinor: cap?.minor ?? null };
}

function columnsOf({ name, description, award }: NewPrizeTemplate) {
  const isFixed = award.kind === 'fixed';
  return {
    name,
    description,
    type: award.kind,
    value: isFixed ? award.valueMinor : null,
    percentage: isFixed ? null : formatPercentage(award.hundredthsOfPercent),
    cap: isFixed ? null : award.capMinor,
  };
}
