import { sql } from 'drizzle-orm';
import type { NewRsu, RegisteredRsus } from '#shared/contract/central/people/rsus.ts';
import type { OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { isOwnVenue } from './repository.ts';

/** Registers many RSUs; each refusal stands beside the others and undoes none of them. */
export async function registerRsus(
  central: Central,
  transaction: Transaction,
  organisationId: OrganisationId,
  rsus: readonly NewRsu[],
): Promise<RegisteredRsus> {
  const results: RegisteredRsus['results'] = [];
  for (const rsu of rsus) {
    const { deviceIdentifier } = rsu;
    const registered = await registerRsu(central, transaction, organisationId, rsu);
    results.push(
      registered.ok
        ? { deviceIdentifier, outcome: 'done', rsuId: registered.value }
        : { deviceIdentifier, outcome: 'refused', ...registered.failure },
    );
  }
  return { results };
}

/**
 * A new RSU: un-enrolled and disabled (GLI-31 6.1.3e). Refuses a venue of another organisation, and a
 * device identifier that some RSU has already.
 */
export async function registerRsu(
  central: Central,
  transaction: Transaction,
  organisationId: OrganisationId,
  rsu: NewRsu,
): Promise<Result<RsuId, Problem>> {
  if (rsu.venueId !== null && !(await isOwnVenue(transaction, organisationId, rsu.venueId))) {
    return refuseWith('thing.unknown', 'no such venue');
  }
  const now = central.now().toISOString();
  const row = await firstRowOf<{ readonly id: RsuId }>(
    transaction,
    sql`INSERT INTO rsus (organization_id, venue_id, name, description, device_identifier,
          configuration, created_at, created_by, updated_at, updated_by)
        VALUES (${organisationId}, ${rsu.venueId}, ${rsu.name}, ${rsu.description},
          ${rsu.deviceIdentifier}, ${JSON.stringify(rsu.configuration)}::JSONB,
          ${now}::TIMESTAMPTZ, actor_id(current_actor()), ${now}::TIMESTAMPTZ, actor_id(current_actor()))
        ON CONFLICT (device_identifier) DO NOTHING RETURNING id`,
  );
  if (row === undefined) return refuseWith('thing.exists', 'a till has this identifier already');
  await recordCriticalEvent(transaction, {
    type: 'rsu.registered',
    severity: 'INFO',
    description: `${rsu.name} was registered`,
    rsuId: row.id,
    metadata: { deviceIdentifier: rsu.deviceIdentifier },
  });
  return ok(row.id);
}
