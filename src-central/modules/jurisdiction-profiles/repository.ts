import { eq, sql } from 'drizzle-orm';
import type {
  ChangedProfile,
  KeptProfile,
  NewProfile,
  ProfileVersion,
} from '#shared/contract/central/people/jurisdiction-profiles.ts';
import { jurisdictionProfileSchema } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { OrganisationId, ProfileId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { type Author, REVISION } from '../../api/catalogue.ts';
import type { Transaction } from '../../db/database.ts';
import { jurisdictionProfiles } from '../../db/schema/raffle-events.ts';

/** A row of `profilesOf`. */
export interface ProfileRow {
  readonly id: ProfileId;
  readonly version: number;
  readonly profile: unknown;
  readonly isActive: boolean;
  readonly revision: string;
}

/** The profiles of an organisation. */
export function profilesOf(organisationId: OrganisationId, isActive: boolean | undefined) {
  return sql`SELECT id, name, version, profile, is_active AS "isActive", ${REVISION}
    FROM jurisdiction_profiles
    WHERE organization_id = ${organisationId}
    ${isActive === undefined ? sql`` : sql`AND is_active = ${isActive}`}`;
}

/** A row as the contract shows it. */
export function profileOf({ id, version, profile, isActive, revision }: ProfileRow): KeptProfile {
  return {
    profileId: id,
    version,
    profile: jurisdictionProfileSchema.parse(profile),
    isActive,
    revision,
  };
}

/** A row of `profileVersionsOf`. */
export interface ProfileVersionRow {
  readonly version: number;
  readonly profile: unknown;
  readonly madeBy: string;
  readonly madeAt: Date | string;
}

/** All that a profile ever said. */
export function profileVersionsOf(profileId: ProfileId) {
  return sql`SELECT version, profile, made_by AS "madeBy", made_at AS "madeAt"
    FROM jurisdiction_profile_versions WHERE jurisdiction_profile_id = ${profileId}`;
}

/** A version as the contract shows it. */
export function profileVersionOf({ profile, madeAt, ...row }: ProfileVersionRow): ProfileVersion {
  return {
    ...row,
    profile: jurisdictionProfileSchema.parse(profile),
    madeAt: instantFromEpoch(new Date(madeAt).getTime()),
  };
}

/** Adds a profile under the name that it carries; the database keeps its first version. */
export async function insertProfile(
  transaction: Transaction,
  organisationId: OrganisationId,
  { profile }: NewProfile,
  { userId, now }: Author,
): Promise<ProfileId> {
  const [row] = await transaction
    .insert(jurisdictionProfiles)
    .values({
      organizationId: organisationId,
      name: profile.name,
      profile,
      createdAt: now,
      createdBy: userId,
      updatedAt: now,
      updatedBy: userId,
    })
    .returning({ id: jurisdictionProfiles.id });
  invariant(row !== undefined, 'an insert returns its row');
  return row.id as ProfileId;
}

/** Changes a profile; other rules are another version, which the database keeps. */
export async function updateProfile(
  transaction: Transaction,
  id: string,
  { profile, isActive }: ChangedProfile,
  { userId, now }: Author,
): Promise<void> {
  await transaction
    .update(jurisdictionProfiles)
    .set({ name: profile.name, profile, isActive, updatedAt: now, updatedBy: userId })
    .where(eq(jurisdictionProfiles.id, id));
}
