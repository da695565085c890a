import type {
  ChangedOrganisation,
  Organisation,
} from '#shared/contract/central/people/organisations.ts';
import type { OrganisationId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Call } from '../../api/call.ts';
import { lockRevision } from '../../api/catalogue.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import { checkRevision } from '../../api/revision.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { readOrganisation, updateOrganisation, usesItsCurrency } from './repository.ts';

/**
 * Changes an organisation from the revision that the caller has seen.
 *
 * Refuses another currency once a raffle event or an active template counts in the present one.
 */
export async function changeOrganisation(
  central: Central,
  transaction: Transaction,
  {
    person,
    params: { organisationId },
    body,
    revision,
  }: Call<{ organisationId: OrganisationId }, unknown, ChangedOrganisation>,
): Promise<Result<Organisation, Problem>> {
  const checked = checkRevision(
    revision,
    await lockRevision(transaction, 'organizations', organisationId),
  );
  if (!checked.ok) return checked;
  const { currency } = await readOrganisation(transaction, organisationId);
  if (currency !== body.currency && (await usesItsCurrency(transaction, organisationId))) {
    return refuseWith(
      'thing.in-use',
      `amounts are kept in ${currency}: retire the templates first`,
    );
  }
  const author = { userId: person.userId, now: central.now() };
  await updateOrganisation(transaction, organisationId, body, author);
  await recordCriticalEvent(transaction, {
    type: 'organisation.changed',
    severity: 'INFO',
    description: 'an organisation or its settings changed',
    userId: person.userId,
    organisationId,
  });
  return ok(await readOrganisation(transaction, organisationId));
}
