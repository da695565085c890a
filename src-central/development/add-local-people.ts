import { ORGANISATION_ROLES } from '#shared/contract/central/people/roles.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import type { Central } from '../central.ts';
import { transactAs } from '../db/database.ts';
import { findOrAddUser, insertMember } from '../modules/members/repository.ts';
import { localSubject } from './local-issuer.ts';

/** Makes the local issuer's people members of an organisation, each in the role of their name. */
export function addLocalPeople(
  central: Central,
  actor: string,
  organisationId: OrganisationId,
): Promise<void> {
  return transactAs(central.database, actor, async (transaction) => {
    for (const role of ORGANISATION_ROLES) {
      const person = { subject: localSubject(role), displayName: role };
      const userId = await findOrAddUser(transaction, person);
      await insertMember(transaction, organisationId, userId, role, central.now());
    }
  });
}
