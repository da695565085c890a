import { type SQL, sql } from 'drizzle-orm';
import type { NewRefund, Refund } from '#shared/contract/central/people/void-requests.ts';
import type { OrderId, OrganisationId, QuarantineId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';
import { refunds } from '../../db/schema/order-desk.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { readKeptEntry, readQuarantinedEntry } from '../quarantine/repository.ts';
import type { VoidSubject } from './repository.ts';

/** What somebody is owed for an order or entry that does not count. */
interface Due {
  readonly organisationId: OrganisationId;
  /** What was paid; null where the entry does not say. */
  readonly paid: number | null;
  readonly currency: string;
  readonly isDue: boolean;
}

/**
 * Records that money was given back for an order.
 *
 * Refuses it for an order that is in play, and more than was paid. All of it given back, the order is
 * refunded.
 */
export async function refundOrder(
  central: Central,
  transaction: Transaction,
  person: Person,
  orderId: OrderId,
  refund: NewRefund,
): Promise<Result<Refund, Problem>> {
  const due = await firstRowOf<Due>(
    transaction,
    sql`SELECT event.organization_id AS "organisationId", sold.total_amount AS paid, sold.currency,
        event.state = 'cancelled'
          OR NOT EXISTS (SELECT 1 FROM tickets WHERE order_id = sold.id AND state = 'sold') AS "isDue"
      FROM orders sold JOIN raffle_events event ON event.id = sold.event_id
      WHERE sold.id = ${orderId} FOR NO KEY UPDATE OF sold`,
  );
  invariant(due !== undefined, 'an order in a checked path exists');
  const recorded = await record(central, transaction, person, { orderId }, due, refund);
  if (!recorded.ok) return recorded;
  await transaction.execute(sql`
    UPDATE orders SET payment_status = 'refunded', updated_at = ${central.now().toISOString()}::TIMESTAMPTZ,
      updated_by = ${person.userId}
    WHERE id = ${orderId} AND payment_status <> 'refunded'
      AND total_amount <= (SELECT sum(amount) FROM refunds WHERE order_id = ${orderId})`);
  return recorded;
}

/**
 * Records that money was given back for a sale that never became an order here: it came too late, or
 * its numbers are somebody else's.
 *
 * Refuses it unless the entry was voided and added no order, and more than was paid.
 */
export async function refundEntry(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  quarantineId: QuarantineId,
  refund: NewRefund,
): Promise<Result<Refund, Problem>> {
  const locked = await firstRowOf<{ readonly isDue: boolean; readonly currency: string }>(
    transaction,
    sql`SELECT entry.state = 'voided' AND NOT entry.is_projected AS "isDue",
        organization.primary_currency AS currency
      FROM journal_quarantine entry JOIN organizations organization ON organization.id = ${organisationId}
      WHERE entry.id = ${quarantineId} FOR NO KEY UPDATE OF entry`,
  );
  invariant(locked !== undefined, 'an entry in a checked path exists');
  const entry = await readQuarantinedEntry(transaction, quarantineId);
  const { reading } = await readKeptEntry(transaction, entry);
  const sale =
    reading.ok && reading.value.kind === 'sale.completed' ? reading.value.payload : undefined;
  const due = {
    organisationId,
    paid: reading.ok ? (sale?.totalMinor ?? 0) : null,
    currency: sale?.currency ?? locked.currency,
    isDue: locked.isDue,
  };
  return record(central, transaction, person, { quarantineId }, due, refund);
}

async function record(
  central: Central,
  transaction: Transaction,
  person: Person,
  subject: VoidSubject,
  { organisationId, paid, currency, isDue }: Due,
  { amountMinor, method, paidBackBy, note }: NewRefund,
): Promise<Result<Refund, Problem>> {
  if (!isDue) return refuseWith('refund.not-due', 'what counts is not paid back');
  const earlier = await readRefundsOf(transaction, subject);
  const given = earlier.reduce((sum, refund) => sum + refund.amountMinor, 0);
  if (paid !== null && given + amountMinor > paid) {
    return refuseWith('refund.too-much', `${paid} was paid, and ${given} of it is given back`);
  }
  const facts = { method, paidBackBy, note, recordedBy: person.userId };
  const recordedAt = central.now();
  await transaction.insert(refunds).values({
    organizationId: organisationId,
    ...subject,
    ...facts,
    amount: amountMinor,
    currency,
    recordedAt,
  });
  await recordCriticalEvent(transaction, {
    type: 'refund.recorded',
    severity: 'INFO',
    description: `${currency} ${amountMinor} given back by ${paidBackBy}`,
    userId: person.userId,
    metadata: { ...subject, amountMinor, currency, method },
  });
  return ok({
    orderId: null,
    quarantineId: null,
    ...subject,
    ...facts,
    amountMinor,
    currency,
    recordedAt: readInstant(recordedAt),
  });
}

/** What was given back for one order or entry, oldest first. */
export async function readRefundsOf(database: Queryable, subject: VoidSubject): Promise<Refund[]> {
  const condition =
    'orderId' in subject
      ? sql`order_id = ${subject.orderId}`
      : sql`quarantine_id = ${subject.quarantineId}`;
  const rows = await rowsOf<RefundRow>(
    database,
    sql`SELECT ${COLUMNS} FROM refunds WHERE ${condition} ORDER BY recorded_at, id`,
  );
  return rows.map(refundOf);
}

/** The refunds of an organisation, as `RefundRow`s. */
export function refundsOf(organisationId: OrganisationId): SQL {
  return sql`SELECT ${COLUMNS}, id FROM refunds WHERE organization_id = ${organisationId}`;
}

const COLUMNS = sql`order_id AS "orderId", quarantine_id AS "quarantineId", amount AS "amountMinor",
  currency, method, paid_back_by AS "paidBackBy", note, recorded_by AS "recordedBy",
  recorded_at AS "recordedAt"`;

/** A row of `refundsOf`. */
export interface RefundRow extends Omit<Refund, 'recordedAt'> {
  readonly id?: string;
  readonly recordedAt: StoredMoment;
}

/** A row as the contract shows it. */
export function refundOf({ id: _id, ...row }: RefundRow): Refund {
  return { ...row, recordedAt: readInstant(row.recordedAt) };
}
