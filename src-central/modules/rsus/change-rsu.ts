import type { Rsu, RsuChange } from '#shared/contract/central/people/rsus.ts';
import type { OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Call } from '../../api/call.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import { checkRevision } from '../../api/revision.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { readRsu } from './master-list.ts';
import { isOwnVenue, lockRsus, updateRsu } from './repository.ts';

type Path = { readonly organisationId: OrganisationId; readonly rsuId: RsuId };

/**
 * Changes name, description, venue or configuration of an RSU.
 *
 * Refuses a venue of another organisation, and a change that was made from an earlier revision.
 */
export async function changeRsu(
  central: Central,
  transaction: Transaction,
  { person, params: { organisationId, rsuId }, revision, body }: Call<Path, unknown, RsuChange>,
): Promise<Result<Rsu, Problem>> {
  await lockRsus(transaction, organisationId, [rsuId]);
  const current = await readRsu(central, transaction, organisationId, rsuId);
  if (!current.ok) return current;
  const checked = checkRevision(revision, current.value.revision);
  if (!checked.ok) return checked;
  const { venueId = null } = body;
  if (venueId !== null && !(await isOwnVenue(transaction, organisationId, venueId))) {
    return refuseWith('thing.unknown', 'no such venue');
  }
  await updateRsu(transaction, rsuId, {
    ...definedOf(body),
    updatedAt: central.now(),
    updatedBy: person.userId,
  });
  await recordCriticalEvent(transaction, {
    type: 'rsu.changed',
    severity: 'INFO',
    description: `${current.value.name} was changed`,
    rsuId,
    userId: person.userId,
    metadata: { changed: Object.keys(body) },
  });
  return readRsu(central, transaction, organisationId, rsuId);
}

/** What a change names: the rest stays. */
function definedOf({ name, description, venueId, configuration }: RsuChange) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(venueId === undefined ? {} : { venueId }),
    ...(configuration === undefined ? {} : { configuration }),
  };
}
