import { sql } from 'drizzle-orm';
import type { Voids } from '#shared/contract/central/people/draws.ts';
import { hashPool } from '#shared/domain/draw/pool-hash.ts';
import { drawNumber } from '#shared/kernel/draw-numbers.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { RaffleEventId, UserId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';
import { raffleEventVoidAcknowledgements } from '../../db/schema/draws.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { lockRaffleEvent, readRaffleEventToDraw } from './raffle-event-to-draw.ts';

/** The voided and misprinted numbers of a raffle event, and whether these very ones are acknowledged. */
export async function readVoids(database: Queryable, raffleEventId: RaffleEventId): Promise<Voids> {
  const rows = await rowsOf<VoidRow>(
    database,
    sql`SELECT draw_number AS number, state,
        EXISTS (SELECT 1 FROM counterfoil_print_numbers WHERE ticket_id = ticket.id) AS "isPrinted"
      FROM tickets ticket
      WHERE event_id = ${raffleEventId} AND state IN ('voided', 'misprinted') ORDER BY draw_number`,
  );
  const numbersSha256 = hashPool(rows.map(({ number }) => drawNumber(number)));
  return {
    voidedCount: rows.filter(({ state }) => state === 'voided').length,
    misprintedCount: rows.filter(({ state }) => state === 'misprinted').length,
    numbersSha256,
    withPrintedCounterfoil: rows.filter(({ isPrinted }) => isPrinted).map(({ number }) => number),
    acknowledgement: await readAcknowledgement(database, raffleEventId, numbersSha256),
  };
}

interface VoidRow {
  readonly number: number;
  readonly state: 'voided' | 'misprinted';
  readonly isPrinted: boolean;
}

/**
 * Records that a person has reconciled the voids, before any number can win (GLI-31 2.6.3).
 *
 * Refuses it before reconciliation is confirmed, and if the voids are not those that the person saw.
 */
export async function acknowledgeVoids(
  central: Central,
  transaction: Transaction,
  person: Person,
  raffleEventId: RaffleEventId,
  seen: Sha256,
): Promise<Result<Voids, Problem>> {
  await lockRaffleEvent(transaction, raffleEventId);
  const { isReconciliationConfirmed } = await readRaffleEventToDraw(transaction, raffleEventId);
  if (!isReconciliationConfirmed) {
    return refuseWith('draw.not-ready', 'the raffle event is not reconciled yet');
  }
  const voids = await readVoids(transaction, raffleEventId);
  if (voids.numbersSha256 !== seen) {
    return refuseWith('thing.changed-meanwhile', 'there are other voids than you have seen');
  }
  await transaction.insert(raffleEventVoidAcknowledgements).values({
    raffleEventId,
    voidedCount: voids.voidedCount,
    misprintedCount: voids.misprintedCount,
    numbersSha256: voids.numbersSha256,
    acknowledgedBy: person.userId,
    acknowledgedAt: central.now(),
  });
  await recordCriticalEvent(transaction, {
    type: 'voids.acknowledged',
    severity: 'INFO',
    description: `${voids.voidedCount} voided and ${voids.misprintedCount} misprinted numbers are in order`,
    raffleEventId,
    userId: person.userId,
  });
  return ok(await readVoids(transaction, raffleEventId));
}

/** The first acknowledgement of exactly these numbers. */
async function readAcknowledgement(
  database: Queryable,
  raffleEventId: RaffleEventId,
  numbersSha256: Sha256,
): Promise<Voids['acknowledgement']> {
  const row = await firstRowOf<{ readonly by: UserId; readonly at: StoredMoment }>(
    database,
    sql`SELECT acknowledged_by AS by, acknowledged_at AS at FROM raffle_event_void_acknowledgements
      WHERE raffle_event_id = ${raffleEventId} AND numbers_sha256 = ${numbersSha256}
      ORDER BY acknowledged_at LIMIT 1`,
  );
  return row === undefined ? null : { acknowledgedBy: row.by, acknowledgedAt: readInstant(row.at) };
}
