import { sql } from 'drizzle-orm';
import type {
  Member,
  NewMember,
  NewOrganisation,
} from '#shared/contract/central/people/members.ts';
import type { OrganisationRole } from '#shared/contract/central/people/roles.ts';
import type { OrganisationId, UserId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { insertOrganisation } from '../organisations/repository.ts';
import {
  deleteMember,
  findOrAddUser,
  insertMember,
  lockOrganisation,
  type MemberRow,
  membersOf,
  readRoles,
  updateRole,
} from './repository.ts';

/** A new organisation whose first member is its admin. */
export async function foundOrganisation(
  central: Central,
  transaction: Transaction,
  { admin, ...organisation }: NewOrganisation,
): Promise<OrganisationId> {
  const organisationId = await insertOrganisation(transaction, organisation);
  const userId = await findOrAddUser(transaction, admin);
  await insertMember(transaction, organisationId, userId, 'admin', central.now());
  return organisationId;
}

/**
 * Makes a person a member, by the subject that their identity provider knows them by.
 *
 * They need not have signed in before. Refuses somebody who is a member already.
 */
export async function addMember(
  central: Central,
  transaction: Transaction,
  organisationId: OrganisationId,
  member: NewMember,
): Promise<Result<Member, Problem>> {
  const userId = await findOrAddUser(transaction, member);
  const isAdded = await insertMember(
    transaction,
    organisationId,
    userId,
    member.role,
    central.now(),
  );
  if (!isAdded) return refuseWith('member.exists', 'this person is a member already');
  await noteMember(transaction, 'member.added', organisationId, userId, member.role);
  return ok(await readMember(transaction, organisationId, userId));
}

/** Gives a member another role. Refuses to take away the role of the last active admin. */
export async function changeRole(
  transaction: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
  role: OrganisationRole,
): Promise<Result<Member, Problem>> {
  await lockOrganisation(transaction, organisationId);
  if (role !== 'admin' && (await isLastAdmin(transaction, organisationId, userId))) {
    return refuseWith('member.last-admin', 'make somebody else an admin first');
  }
  await updateRole(transaction, organisationId, userId, role);
  await noteMember(transaction, 'member.role-changed', organisationId, userId, role);
  return ok(await readMember(transaction, organisationId, userId));
}

/** Ends a membership. Refuses to remove the last active admin. */
export async function removeMember(
  transaction: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
): Promise<Result<Record<string, never>, Problem>> {
  await lockOrganisation(transaction, organisationId);
  if (await isLastAdmin(transaction, organisationId, userId)) {
    return refuseWith('member.last-admin', 'make somebody else an admin first');
  }
  await deleteMember(transaction, organisationId, userId);
  await noteMember(transaction, 'member.removed', organisationId, userId, null);
  return ok({});
}

/** A row of the list as the contract shows it. */
export function memberOf({ lastLogin, joinedAt, ...row }: MemberRow): Member {
  return {
    ...row,
    lastSignInAt: lastLogin === null ? null : instantFromEpoch(new Date(lastLogin).getTime()),
    joinedAt: instantFromEpoch(new Date(joinedAt).getTime()),
  };
}

async function readMember(
  transaction: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
): Promise<Member> {
  const row = await firstRowOf<MemberRow>(
    transaction,
    sql`${membersOf(organisationId)} AND user_id = ${userId}`,
  );
  invariant(row !== undefined, 'a member who was changed is found');
  return memberOf(row);
}

async function isLastAdmin(
  transaction: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
): Promise<boolean> {
  const roles = await readRoles(transaction, organisationId);
  const admins = [...roles].filter(([, role]) => role === 'admin').map(([id]) => id);
  return admins.length === 1 && admins[0] === userId;
}

function noteMember(
  transaction: Transaction,
  type: string,
  organisationId: OrganisationId,
  userId: UserId,
  role: OrganisationRole | null,
): Promise<void> {
  return recordCriticalEvent(transaction, {
    type,
    severity: 'INFO',
    description: 'the members of an organisation changed',
    organisationId,
    metadata: { memberId: userId, role },
  });
}
