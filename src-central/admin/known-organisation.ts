import type { OrganisationId } from '#shared/kernel/ids.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { Central } from '../central.ts';
import { findOrganisation, type OrganisationLine } from '../modules/administration/lists.ts';
import type { AdminRefusal } from './admin-command.ts';

/** The organisation that a command names. Refuses an unknown one. */
export async function knownOrganisation(
  { database }: Central,
  organisationId: OrganisationId,
): Promise<Result<OrganisationLine, AdminRefusal>> {
  const organisation = await findOrganisation(database, organisationId);
  return organisation === undefined
    ? refuse({ code: 'organisation.unknown', detail: 'no such organisation' })
    : ok(organisation);
}
