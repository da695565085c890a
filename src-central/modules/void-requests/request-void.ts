import { sql } from 'drizzle-orm';
import type { NewVoidRequest, VoidRequest } from '#shared/contract/central/people/void-requests.ts';
import type {
  OrderId,
  OrganisationId,
  QuarantineId,
  RaffleEventId,
  RsuId,
  VoidRequestId,
} from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { voidRequests } from '../../db/schema/order-desk.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { readQuarantinedEntry } from '../quarantine/repository.ts';
import {
  IS_AT_OPEN_TILL,
  readVoidRequest,
  readVoidRequestsOf,
  type VoidSubject,
} from './repository.ts';

/** An order as far as voiding it goes. */
export interface VoidableOrder {
  readonly raffleEventId: RaffleEventId;
  readonly rsuId: RsuId | null;
  readonly isInPlay: boolean;
  readonly isReconciled: boolean;
  /** The till that sold it is still open, so it alone voids it. */
  readonly isAtOpenTill: boolean;
}

/**
 * Asks for a void of an order. The till that sold it gets a command while it is open; otherwise
 * another person has to approve.
 *
 * Refuses it for an order that is out of play, after reconciliation, and while such a request waits.
 */
export async function requestVoidOfOrder(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  orderId: OrderId,
  request: NewVoidRequest,
): Promise<Result<VoidRequest, Problem>> {
  const order = await lockVoidableOrder(transaction, orderId);
  const refusal = findVoidRefusal(order);
  if (refusal !== undefined) return refusal;
  const open = await findOpen(transaction, { orderId });
  if (open !== undefined) return open;
  const commandId =
    order.isAtOpenTill && order.rsuId !== null
      ? await commandVoid(central, transaction, person, order.rsuId, orderId, request)
      : null;
  return insert(
    central,
    transaction,
    person,
    organisationId,
    { orderId },
    { ...request, commandId },
  );
}

/** Asks for a void of what waits for a person. Refuses it once that is resolved, or asked for already. */
export async function requestVoidOfEntry(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  quarantineId: QuarantineId,
  request: NewVoidRequest,
): Promise<Result<VoidRequest, Problem>> {
  await transaction.execute(
    sql`SELECT id FROM journal_quarantine WHERE id = ${quarantineId} FOR NO KEY UPDATE`,
  );
  const { state } = await readQuarantinedEntry(transaction, quarantineId);
  if (state !== 'open') return refuseWith('thing.decided', `it is ${state} already`);
  const open = await findOpen(transaction, { quarantineId });
  if (open !== undefined) return open;
  const asked = { ...request, commandId: null };
  return insert(central, transaction, person, organisationId, { quarantineId }, asked);
}

/** The order, with its raffle event locked: no other void of it, and no confirmation, meanwhile. */
export async function lockVoidableOrder(
  transaction: Transaction,
  orderId: OrderId,
): Promise<VoidableOrder> {
  await transaction.execute(sql`
    SELECT id FROM raffle_events WHERE id = (SELECT event_id FROM orders WHERE id = ${orderId})
    FOR NO KEY UPDATE`);
  await transaction.execute(sql`
    SELECT id FROM chains WHERE id = (SELECT chain_id FROM orders WHERE id = ${orderId}) FOR UPDATE`);
  const order = await firstRowOf<VoidableOrder>(
    transaction,
    sql`SELECT sold.event_id AS "raffleEventId", sold.rsu_id AS "rsuId",
        EXISTS (SELECT 1 FROM tickets WHERE order_id = sold.id AND state = 'sold') AS "isInPlay",
        event.reconciliation_confirmed_at IS NOT NULL AS "isReconciled",
        ${IS_AT_OPEN_TILL} AS "isAtOpenTill"
      FROM orders sold JOIN raffle_events event ON event.id = sold.event_id
      WHERE sold.id = ${orderId}`,
  );
  invariant(order !== undefined, 'an order in a checked path exists');
  return order;
}

/** Why an order cannot be voided any more, by anybody. */
export function findVoidRefusal({ isInPlay, isReconciled }: VoidableOrder) {
  if (!isInPlay) return refuseWith('order.out-of-play', 'its numbers are out of play already');
  return isReconciled
    ? refuseWith('raffle-event.reconciled', 'the raffle event is reconciled')
    : undefined;
}

async function findOpen(transaction: Transaction, subject: VoidSubject) {
  const requests = await readVoidRequestsOf(transaction, subject);
  return requests.some(({ decision }) => decision === null)
    ? refuseWith('thing.exists', 'a void is asked for already')
    : undefined;
}

/** Tells the till; its mirror brings the command. */
async function commandVoid(
  central: Central,
  transaction: Transaction,
  person: Person,
  rsuId: RsuId,
  orderId: OrderId,
  { reason, note }: NewVoidRequest,
): Promise<string> {
  const body = JSON.stringify({ kind: 'void-request', orderId, reason, note });
  const row = await firstRowOf<{ readonly id: string }>(
    transaction,
    sql`INSERT INTO rsu_commands (rsu_id, kind, body, issued_by, issued_at)
      VALUES (${rsuId}, 'void-request', ${body}::JSONB, ${person.userId},
        ${central.now().toISOString()}::TIMESTAMPTZ) RETURNING id`,
  );
  invariant(row !== undefined, 'an insert returns its row');
  return row.id;
}

async function insert(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  subject: VoidSubject,
  { reason, note, commandId }: NewVoidRequest & { readonly commandId: string | null },
): Promise<Result<VoidRequest, Problem>> {
  const [row] = await transaction
    .insert(voidRequests)
    .values({
      organizationId: organisationId,
      ...subject,
      reasonCode: reason,
      note,
      commandId,
      requestedBy: person.userId,
      requestedAt: central.now(),
    })
    .returning({ id: voidRequests.id });
  invariant(row !== undefined, 'an insert returns its row');
  await recordCriticalEvent(transaction, {
    type: 'void.requested',
    severity: 'WARN',
    description: note,
    userId: person.userId,
    metadata: { ...subject, reason, isTillTold: commandId !== null },
  });
  return ok(await readVoidRequest(transaction, row.id as VoidRequestId));
}
