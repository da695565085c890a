import { and, eq } from 'drizzle-orm';
import type {
  RsuStandingChange,
  RsuStandingResults,
} from '#shared/contract/central/people/rsus.ts';
import type { OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { chains } from '../../db/schema/rsus.ts';
import { withdrawDisableCommands } from '../commands/repository.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { endUnusedCodes, lockRsus, type RsuRow, updateRsu } from './repository.ts';

/** Enables, disables or un-enrols RSUs; each refusal stands beside the others and undoes none. */
export async function changeStandings(
  central: Central,
  transaction: Transaction,
  organisationId: OrganisationId,
  { change, rsuIds, reason }: RsuStandingChange,
): Promise<RsuStandingResults> {
  const known = await lockRsus(transaction, organisationId, rsuIds);
  const results: RsuStandingResults['results'] = [];
  for (const rsuId of rsuIds) {
    const row = known.get(rsuId);
    const changed =
      row === undefined
        ? refuseWith('thing.unknown', 'no such till')
        : await CHANGES[change](central, transaction, row, reason);
    results.push(
      changed.ok ? { rsuId, outcome: 'done' } : { rsuId, outcome: 'refused', ...changed.failure },
    );
  }
  return { results };
}

const CHANGES = { enable, disable, 'un-enrol': unenrol } as const;

/**
 * Lets an RSU sell, as soon as it is enrolled as well (GLI-31 6.1.3c). A raffle event for which it
 * has ended its sales stays closed to it (GLI-31 2.6.2).
 *
 * Refuses one that is missing, and one whose journal or device is not trusted any more: it has to be
 * enrolled anew.
 */
async function enable(
  central: Central,
  transaction: Transaction,
  rsu: RsuRow,
  reason: string,
): Promise<Result<void, Problem>> {
  if (rsu.isMissing) return refuseWith('rsu.missing', 'say first that it is back');
  if (rsu.state === 'stopped' || rsu.state === 'revoked') {
    return refuseWith('rsu.stopped', 'un-enrol it, and enrol it anew');
  }
  if (rsu.isEnabled) return ok(undefined);
  await updateRsu(transaction, rsu.rsuId, { isActive: true, updatedAt: central.now() });
  await withdrawDisableCommands(transaction, rsu.rsuId, central.now());
  await note(transaction, rsu.rsuId, 'rsu.enabled', reason);
  return ok(undefined);
}

/** Stops an RSU: it uploads what it sold, and does nothing else (GLI-31 6.1.3c). */
export async function disable(
  central: Central,
  transaction: Transaction,
  rsu: RsuRow,
  reason: string,
): Promise<Result<void, Problem>> {
  if (!rsu.isEnabled) return ok(undefined);
  await updateRsu(transaction, rsu.rsuId, { isActive: false, updatedAt: central.now() });
  await note(transaction, rsu.rsuId, 'rsu.disabled', reason);
  return ok(undefined);
}

/**
 * Ends the enrolment of a device (GLI-31 6.1.3b): its chain is superseded and never active again, its
 * numbers are nobody's, and what it has sold may still be uploaded. Codes that wait to be used end.
 */
async function unenrol(
  central: Central,
  transaction: Transaction,
  rsu: RsuRow,
  reason: string,
): Promise<Result<void, Problem>> {
  await endUnusedCodes(transaction, rsu.rsuId, central.now());
  if (rsu.state === 'unenrolled') return ok(undefined);
  await transaction
    .update(chains)
    .set({ state: 'superseded' })
    .where(and(eq(chains.rsuId, rsu.rsuId), eq(chains.state, 'active')));
  await updateRsu(transaction, rsu.rsuId, {
    state: 'unenrolled',
    isActive: false,
    updatedAt: central.now(),
  });
  await note(transaction, rsu.rsuId, 'rsu.unenrolled', reason);
  return ok(undefined);
}

function note(transaction: Transaction, rsuId: RsuId, type: string, reason: string): Promise<void> {
  return recordCriticalEvent(transaction, { type, severity: 'WARN', description: reason, rsuId });
}
