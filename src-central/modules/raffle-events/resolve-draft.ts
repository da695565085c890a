import { and, eq, inArray } from 'drizzle-orm';
import type { RaffleEventDraft } from '#shared/contract/central/people/raffle-events.ts';
import {
  type JurisdictionProfile,
  jurisdictionProfileSchema,
} from '#shared/contract/mirror/jurisdiction-profile.ts';
import { formatPercentage } from '#shared/domain/percentage.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Transaction } from '../../db/database.ts';
import { organizations, venues } from '../../db/schema/organisations.ts';
import {
  jurisdictionProfiles,
  type prizes,
  prizeTemplates,
  type ticketPackages,
  ticketPackageTemplates,
} from '../../db/schema/raffle-events.ts';

type PackageRow = Omit<typeof ticketPackages.$inferInsert, 'eventId'>;
type PrizeRow = Omit<typeof prizes.$inferInsert, 'eventId'>;

/** The parts of a draft, with templates and profile copied. */
export interface ResolvedDraft {
  readonly packages: readonly PackageRow[];
  readonly prizes: readonly PrizeRow[];
  readonly profile: JurisdictionProfile;
  readonly profileSource: { readonly id: string; readonly version: number } | null;
}

/**
 * Copies what a draft refers to, as it stands now: later changes of templates and profiles do not
 * reach the raffle event. Refuses a venue, a template or a profile that the organisation does not
 * have, and one that is retired.
 */
export async function resolveDraft(
  transaction: Transaction,
  organisationId: OrganisationId,
  draft: RaffleEventDraft,
): Promise<Result<ResolvedDraft, Problem>> {
  const currency = await readCurrency(transaction, organisationId);
  const venue = await checkVenue(transaction, organisationId, draft.venueId);
  if (!venue.ok) return venue;
  const profile = await resolveProfile(transaction, organisationId, draft.profile);
  if (!profile.ok) return profile;
  const packages = await resolvePackages(transaction, organisationId, draft.packages, currency);
  if (!packages.ok) return packages;
  const prizeRows = await resolvePrizes(transaction, organisationId, draft.prizes, currency);
  if (!prizeRows.ok) return prizeRows;
  return ok({ ...profile.value, packages: packages.value, prizes: prizeRows.value });
}

async function readCurrency(
  transaction: Transaction,
  organisationId: OrganisationId,
): Promise<string> {
  const [row] = await transaction
    .select({ currency: organizations.primaryCurrency })
    .from(organizations)
    .where(eq(organizations.id, organisationId));
  invariant(row !== undefined, 'a raffle event is made for an organisation that exists');
  return row.currency;
}

async function checkVenue(
  transaction: Transaction,
  organisationId: OrganisationId,
  venueId: string | null,
): Promise<Result<void, Problem>> {
  if (venueId === null) return ok(undefined);
  const found = await transaction
    .select({ id: venues.id })
    .from(venues)
    .where(and(eq(venues.id, venueId), eq(venues.organizationId, organisationId)));
  return found.length === 1 ? ok(undefined) : refuseWith('thing.unknown', 'no such venue');
}

async function resolveProfile(
  transaction: Transaction,
  organisationId: OrganisationId,
  given: RaffleEventDraft['profile'],
): Promise<Result<Pick<ResolvedDraft, 'profile' | 'profileSource'>, Problem>> {
  if (given.kind === 'own') return ok({ profile: given.profile, profileSource: null });
  const [kept] = await transaction
    .select()
    .from(jurisdictionProfiles)
    .where(
      and(
        eq(jurisdictionProfiles.id, given.profileId),
        eq(jurisdictionProfiles.organizationId, organisationId),
      ),
    );
  if (kept === undefined) return refuseWith('thing.unknown', 'no such jurisdiction profile');
  if (!kept.isActive) return refuseRetired(kept.name);
  return ok({
    profile: jurisdictionProfileSchema.parse(kept.profile),
    profileSource: { id: kept.id, version: kept.version },
  });
}

async function resolvePackages(
  transaction: Transaction,
  organisationId: OrganisationId,
  drafts: RaffleEventDraft['packages'],
  currency: string,
): Promise<Result<PackageRow[], Problem>> {
  const wanted = drafts.flatMap((each) =>
    each.kind === 'template' ? [each.packageTemplateId as string] : [],
  );
  const templates = await transaction
    .select()
    .from(ticketPackageTemplates)
    .where(
      and(
        inArray(ticketPackageTemplates.id, wanted),
        eq(ticketPackageTemplates.organizationId, organisationId),
      ),
    );
  const usable = checkTemplates(wanted, templates);
  if (!usable.ok) return usable;
  return ok(
    drafts.map((draft, displayOrder) => {
      if (draft.kind === 'own') {
        const { name, numberCount: ticketCount, priceMinor: price } = draft;
        return { name, ticketCount, price, currency, displayOrder };
      }
      const { name, description, ticketCount, price, ...template } = rowWith(
        usable.value,
        draft.packageTemplateId,
      );
      return { name, description, ticketCount, price, currency: template.currency, displayOrder };
    }),
  );
}

async function resolvePrizes(
  transaction: Transaction,
  organisationId: OrganisationId,
  drafts: RaffleEventDraft['prizes'],
  currency: string,
): Promise<Result<PrizeRow[], Problem>> {
  const wanted = drafts.flatMap((each) =>
    each.kind === 'template' ? [each.prizeTemplateId as string] : [],
  );
  const templates = await transaction
    .select()
    .from(prizeTemplates)
    .where(
      and(inArray(prizeTemplates.id, wanted), eq(prizeTemplates.organizationId, organisationId)),
    );
  const usable = checkTemplates(wanted, templates);
  if (!usable.ok) return usable;
  return ok(
    drafts.map((draft, index) => {
      const place = { position: index + 1, winnerCount: draft.winnerCount };
      if (draft.kind === 'own') {
        return { name: draft.name, currency, ...columnsOf(draft.award), ...place };
      }
      const template = rowWith(usable.value, draft.prizeTemplateId);
      const { name, description, type, value, percentage, cap } = template;
      const own = template.currency ?? currency;
      return { name, description, type, value, percentage, cap, currency: own, ...place };
    }),
  );
}

function columnsOf(award: Extract<RaffleEventDraft['prizes'][number], { kind: 'own' }>['award']) {
  return award.kind === 'fixed'
    ? { type: award.kind, value: award.valueMinor }
    : {
        type: award.kind,
        percentage: formatPercentage(award.hundredthsOfPercent),
        cap: award.capMinor,
      };
}

function checkTemplates<
  Row extends { readonly id: string; readonly name: string; readonly isActive: boolean },
>(wanted: readonly string[], rows: readonly Row[]): Result<readonly Row[], Problem> {
  const found = new Set(rows.map(({ id }) => id));
  if (wanted.some((id) => !found.has(id))) return refuseWith('thing.unknown', 'no such template');
  const retired = rows.find(({ isActive }) => !isActive);
  return retired === undefined ? ok(rows) : refuseRetired(retired.name);
}

function refuseRetired(name: string) {
  return refuseWith('thing.retired', `${name} is retired`);
}

function rowWith<Row extends { readonly id: string }>(rows: readonly Row[], id: string): Row {
  const row = rows.find((each) => each.id === id);
  invariant(row !== undefined, 'a checked template is found');
  return row;
}
