import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { OrganisationRole } from '#shared/contract/central/people/roles.ts';
import type { OrganisationId, UserId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Transaction } from '../../db/database.ts';
import { organizations } from '../../db/schema/organisations.ts';
import { organizationUsers, users } from '../../db/schema/people.ts';
import { addPerson } from '../person-sessions/repository.ts';

/** The members of an organisation, as `MemberRow`s. */
export function membersOf(organisationId: OrganisationId) {
  return sql`SELECT person.id AS "userId", cognito_sub AS subject, display_name AS "displayName",
      role, person.is_active AS "isActive", last_login AS "lastLogin", joined_at AS "joinedAt"
    FROM organization_users JOIN users person ON person.id = user_id
    WHERE organization_id = ${organisationId}`;
}

/** A row of `membersOf`. */
export interface MemberRow {
  readonly userId: UserId;
  readonly subject: string;
  readonly displayName: string;
  readonly role: OrganisationRole;
  readonly isActive: boolean;
  readonly lastLogin: Date | string | null;
  readonly joinedAt: Date | string;
}

/** Keeps two changes of an organisation's members from happening at once. */
export async function lockOrganisation(
  transaction: Transaction,
  organisationId: OrganisationId,
): Promise<void> {
  await transaction
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, organisationId))
    .for('no key update');
}

/** The person with this subject, recorded now if nobody has seen them before. */
export async function findOrAddUser(
  transaction: Transaction,
  person: { readonly subject: string; readonly displayName: string },
): Promise<UserId> {
  await addPerson(transaction, randomUUID() as string as UserId, person);
  const [row] = await transaction
    .select({ id: users.id })
    .from(users)
    .where(eq(users.cognitoSub, person.subject));
  invariant(row !== undefined, 'a person who was added is found');
  return row.id as UserId;
}

/** Adds a member. False if the person is one already. The first membership is the default one. */
export async function insertMember(
  transaction: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
  role: OrganisationRole,
  joinedAt: Date,
): Promise<boolean> {
  const added = await transaction
    .insert(organizationUsers)
    .values({
      organizationId: organisationId,
      userId,
      role,
      isDefault: sql`NOT EXISTS (SELECT 1 FROM organization_users WHERE user_id = ${userId} AND is_default)`,
      joinedAt,
    })
    .onConflictDoNothing({ target: [organizationUsers.organizationId, organizationUsers.userId] })
    .returning({ userId: organizationUsers.userId });
  return added.length === 1;
}

/** The roles of everybody in an organisation. */
export async function readRoles(
  transaction: Transaction,
  organisationId: OrganisationId,
): Promise<ReadonlyMap<string, OrganisationRole>> {
  const rows = await transaction
    .select({ userId: organizationUsers.userId, role: organizationUsers.role })
    .from(organizationUsers)
    .innerJoin(users, eq(users.id, organizationUsers.userId))
    .where(and(eq(organizationUsers.organizationId, organisationId), eq(users.isActive, true)));
  return new Map(rows.map(({ userId, role }) => [userId, role]));
}

/** Gives a member another role. */
export async function updateRole(
  transaction: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
  role: OrganisationRole,
): Promise<void> {
  await transaction
    .update(organizationUsers)
    .set({ role })
    .where(
      and(
        eq(organizationUsers.organizationId, organisationId),
        eq(organizationUsers.userId, userId),
      ),
    );
}

/** Ends a membership; the person and all that they did stay on record. */
export async function deleteMember(
  transaction: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
): Promise<void> {
  await transaction
    .delete(organizationUsers)
    .where(
      and(
        eq(organizationUsers.organizationId, organisationId),
        eq(organizationUsers.userId, userId),
      ),
    );
}
