import { eq, sql } from 'drizzle-orm';
import {
  type FlagAcknowledgement,
  type Reconciliation,
  reconciliationReportSchema,
} from '#shared/contract/central/people/reconciliation.ts';
import { utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes, type Sha256 } from '#shared/kernel/hash.ts';
import type { OrderId, RaffleEventId, UserId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import { readConsistently, type Transaction } from '../../db/database.ts';
import { giveReason } from '../../db/give-reason.ts';
import { readInstant } from '../../db/read-instant.ts';
import { arrayParameter, rowsOf } from '../../db/rows.ts';
import {
  orderFlagAcknowledgements,
  raffleEventReconciliations,
} from '../../db/schema/order-desk.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { composeReport } from './report.ts';

/** The reconciliation as it was confirmed; before that, as it is now. */
export function readReconciliation(
  central: Central,
  raffleEventId: RaffleEventId,
): Promise<Reconciliation> {
  return readConsistently(central.database, async (transaction) => {
    const confirmed = await readConfirmed(transaction, raffleEventId);
    if (confirmed !== undefined) return confirmed;
    const report = await composeReport(central, transaction, raffleEventId);
    return { report, confirmation: null };
  });
}

/**
 * A person confirms that everything is accounted for: the report is kept as it is, the raffle event is
 * reconciled, and whatever arrives later waits for a person and never enters the pool
 * (GLI-31 2.6.1, 2.6.3).
 *
 * Refuses it, with what is missing and from whom, while anything stands in the way. Intake of every
 * journal concerned waits meanwhile.
 */
export async function confirmReconciliation(
  central: Central,
  transaction: Transaction,
  person: Person,
  raffleEventId: RaffleEventId,
  statement: string,
): Promise<Result<Reconciliation, Problem>> {
  await lockForReconciliation(transaction, raffleEventId);
  if ((await readConfirmed(transaction, raffleEventId)) !== undefined) {
    return refuseWith('thing.decided', 'the raffle event is reconciled already');
  }
  const report = await composeReport(central, transaction, raffleEventId);
  if (report.obstacles.length > 0) {
    return refuseWith(
      'reconciliation.not-ready',
      report.obstacles.map(({ detail }) => detail).join('. '),
      {
        type: 'reconciliation.refused',
        severity: 'WARN',
        description: 'A reconciliation was to be confirmed before everything was accounted for',
        raffleEventId,
        metadata: { obstacles: report.obstacles },
      },
    );
  }
  const text = JSON.stringify(report);
  const confirmedAt = central.now();
  const reportSha256 = hashBytes(utf8(text));
  await transaction.insert(raffleEventReconciliations).values({
    raffleEventId,
    report,
    reportSha256,
    statement,
    confirmedBy: person.userId,
    confirmedAt,
  });
  await giveReason(transaction, statement);
  await transaction.execute(sql`
    UPDATE raffle_events SET reconciliation_confirmed_at = ${confirmedAt.toISOString()}::TIMESTAMPTZ,
      reconciliation_confirmed_by = ${person.userId}, state = 'reconciled',
      updated_at = ${confirmedAt.toISOString()}::TIMESTAMPTZ, updated_by = ${person.userId}
    WHERE id = ${raffleEventId}`);
  await recordCriticalEvent(transaction, {
    type: 'reconciliation.confirmed',
    severity: 'INFO',
    description: statement,
    raffleEventId,
    userId: person.userId,
    metadata: { reportSha256 },
  });
  const confirmation = {
    confirmedBy: person.userId,
    confirmedAt: readInstant(confirmedAt),
    statement,
    reportSha256,
  };
  return ok({ report, confirmation });
}

/** Records that a person has looked at flagged sales. Those that somebody has looked at stay as they are. */
export async function acknowledgeFlags(
  central: Central,
  transaction: Transaction,
  person: Person,
  raffleEventId: RaffleEventId,
  { orderIds, note }: FlagAcknowledgement,
): Promise<Result<{ acknowledgedCount: number }, Problem>> {
  const known = await rowsOf<{ readonly orderId: OrderId; readonly flags: string[] }>(
    transaction,
    sql`SELECT id AS "orderId", flags FROM orders
      WHERE event_id = ${raffleEventId} AND id = ANY(${arrayParameter(orderIds, 'uuid[]')})`,
  );
  if (known.length !== new Set(orderIds).size) return refuseWith('thing.unknown', 'no such order');
  const flagged = known.filter(({ flags }) => flags.length > 0);
  if (flagged.length === 0) return ok({ acknowledgedCount: 0 });
  const acknowledged = { note, acknowledgedBy: person.userId, acknowledgedAt: central.now() };
  const added = await transaction
    .insert(orderFlagAcknowledgements)
    .values(flagged.map((order) => ({ ...order, ...acknowledged })))
    .onConflictDoNothing()
    .returning({ orderId: orderFlagAcknowledgements.orderId });
  return ok({ acknowledgedCount: added.length });
}

/** In the order of locks: the raffle event, then every journal that has or holds something of it. */
async function lockForReconciliation(
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<void> {
  await transaction.execute(
    sql`SELECT id FROM raffle_events WHERE id = ${raffleEventId} FOR NO KEY UPDATE`,
  );
  await transaction.execute(sql`
    SELECT id FROM chains WHERE rsu_id IN (
      SELECT rsu_id FROM rsu_allocations WHERE raffle_event_id = ${raffleEventId})
    ORDER BY id FOR UPDATE`);
}

async function readConfirmed(
  transaction: Transaction,
  raffleEventId: RaffleEventId,
): Promise<Reconciliation | undefined> {
  const [row] = await transaction
    .select()
    .from(raffleEventReconciliations)
    .where(eq(raffleEventReconciliations.raffleEventId, raffleEventId));
  if (row === undefined) return undefined;
  return {
    report: reconciliationReportSchema.parse(row.report),
    confirmation: {
      confirmedBy: row.confirmedBy as UserId,
      confirmedAt: readInstant(row.confirmedAt),
      statement: row.statement,
      reportSha256: row.reportSha256 as Sha256,
    },
  };
}
