import { and, eq, ne } from 'drizzle-orm';
import type { OrganisationId, UserId } from '#shared/kernel/ids.ts';
import type { Transaction } from '../../db/database.ts';
import { organizationUsers } from '../../db/schema/people.ts';

/** Makes one membership a person's default, and no other. */
export async function setDefaultOrganisation(
  transaction: Transaction,
  userId: UserId,
  organisationId: OrganisationId,
): Promise<void> {
  const own = eq(organizationUsers.userId, userId);
  await transaction
    .update(organizationUsers)
    .set({ isDefault: false })
    .where(
      and(
        own,
        eq(organizationUsers.isDefault, true),
        ne(organizationUsers.organizationId, organisationId),
      ),
    );
  await transaction
    .update(organizationUsers)
    .set({ isDefault: true })
    .where(and(own, eq(organizationUsers.organizationId, organisationId)));
}
