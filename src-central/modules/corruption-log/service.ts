import { eq, sql } from 'drizzle-orm';
import type {
  Corruption,
  CorruptionDecision,
  NewCorruption,
} from '#shared/contract/central/people/missing-rsus.ts';
import type { CorruptionId, OrganisationId, RaffleEventId, RsuId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { rsuCorruptionLog } from '../../db/schema/rsus.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { lockRsus } from '../rsus/repository.ts';
import {
  type CorruptionRow,
  describeCorruption,
  listCorruptions,
  readCollected,
} from './repository.ts';

/**
 * Enters a till into the corruption log of a raffle event, with its last operator and the money that it
 * last said it had collected (GLI-31 2.8.1g). It counts when another person confirms it.
 *
 * Refuses a till that may still sell, one that never had numbers of the raffle event, one that is
 * entered already, and a raffle event that is reconciled.
 */
export async function enterCorruption(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  { rsuId, raffleEventId, reason }: NewCorruption,
): Promise<Result<Corruption, Problem>> {
  const refusal = await findRefusal(transaction, organisationId, rsuId, raffleEventId);
  if (refusal !== undefined) return refusal;
  const rsu = (await lockRsus(transaction, organisationId, [rsuId])).get(rsuId);
  if (rsu === undefined) return refuseWith('thing.unknown', 'no such till');
  if (rsu.isEnabled) return refuseWith('thing.in-use', 'disable the till first');
  const collected = await readCollected(transaction, rsuId, raffleEventId);
  const [row] = await transaction
    .insert(rsuCorruptionLog)
    .values({
      rsuId,
      raffleEventId,
      reason,
      ...collected,
      enteredBy: person.userId,
      enteredAt: central.now(),
    })
    .onConflictDoNothing()
    .returning({ id: rsuCorruptionLog.id });
  if (row === undefined) return refuseWith('thing.exists', 'the till is in the log already');
  return noted(transaction, person, organisationId, row.id as CorruptionId, 'entered');
}

/**
 * Confirms or withdraws an entry, for good. After a withdrawal the till can be entered anew.
 *
 * Refuses to confirm what one has entered oneself, and what is decided already.
 */
export async function decideCorruption(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  corruptionId: CorruptionId,
  { decision }: CorruptionDecision,
): Promise<Result<Corruption, Problem>> {
  const [row] = await transaction
    .select()
    .from(rsuCorruptionLog)
    .where(eq(rsuCorruptionLog.id, corruptionId))
    .for('update');
  invariant(row !== undefined, 'the path was checked');
  if (row.confirmedAt !== null || row.withdrawnAt !== null) {
    return refuseWith('thing.decided', 'the entry has been decided');
  }
  const { userId } = person;
  if (decision === 'confirmed' && row.enteredBy === userId) {
    return refuseWith('second-person.required', 'somebody else confirms what you have entered', {
      type: 'corruption.confirmation-refused',
      severity: 'WARN',
      description: 'somebody tried to confirm an entry of their own',
      rsuId: row.rsuId as RsuId,
      raffleEventId: row.raffleEventId as RaffleEventId,
    });
  }
  const now = central.now();
  await transaction
    .update(rsuCorruptionLog)
    .set(
      decision === 'confirmed'
        ? { confirmedBy: userId, confirmedAt: now }
        : { withdrawnBy: userId, withdrawnAt: now },
    )
    .where(eq(rsuCorruptionLog.id, corruptionId));
  return noted(transaction, person, organisationId, corruptionId, decision);
}

/** Also keeps the raffle event from being reconciled meanwhile. */
async function findRefusal(
  transaction: Transaction,
  organisationId: OrganisationId,
  rsuId: RsuId,
  raffleEventId: RaffleEventId,
) {
  const row = await firstRowOf<{ readonly isReconciled: boolean; readonly hasNumbers: boolean }>(
    transaction,
    sql`SELECT reconciliation_confirmed_at IS NOT NULL OR state IN ('reconciled', 'drawn') AS "isReconciled",
          EXISTS (SELECT 1 FROM rsu_allocations WHERE rsu_id = ${rsuId}
                  AND raffle_event_id = event.id) AS "hasNumbers"
        FROM raffle_events event WHERE id = ${raffleEventId} AND organization_id = ${organisationId}
        FOR SHARE`,
  );
  if (row === undefined) return refuseWith('thing.unknown', 'no such raffle event');
  if (row.isReconciled) return refuseWith('thing.frozen', 'the raffle event is reconciled');
  return row.hasNumbers
    ? undefined
    : refuseWith('thing.unknown', 'the till had no numbers of this raffle event');
}

async function noted(
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  corruptionId: CorruptionId,
  step: 'entered' | CorruptionDecision['decision'],
): Promise<Result<Corruption, Problem>> {
  const row = await firstRowOf<CorruptionRow>(
    transaction,
    listCorruptions(organisationId, sql`entry.id = ${corruptionId}`),
  );
  invariant(row !== undefined, 'an entry that was written is found');
  await recordCriticalEvent(transaction, {
    type: `corruption.${step}`,
    severity: 'ERROR',
    description: row.reason,
    rsuId: row.rsuId,
    raffleEventId: row.raffleEventId,
    userId: person.userId,
    metadata: { moneyCollectedMinor: row.moneyCollectedMinor, operatorId: row.operatorId },
  });
  return ok(describeCorruption(row));
}
