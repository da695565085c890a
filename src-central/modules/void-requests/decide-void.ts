import { eq, sql } from 'drizzle-orm';
import type { VoidDecision, VoidRequest } from '#shared/contract/central/people/void-requests.ts';
import type { OrderId, OrganisationId, VoidRequestId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { voidRequests } from '../../db/schema/order-desk.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { voidEntry } from '../quarantine/resolve-entry.ts';
import { refundEntry, refundOrder } from './refunds.ts';
import { readVoidRequest } from './repository.ts';
import { findVoidRefusal, lockVoidableOrder } from './request-void.ts';
import { takeOutOfPlay } from './take-out-of-play.ts';

/**
 * Decides about a request for a void. Approved, the order or entry is voided at once, and money that
 * was given back is recorded with it.
 *
 * Refuses to approve one's own request, and an order whose till is open: that voids it by itself.
 */
export async function decideVoid(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  voidRequestId: VoidRequestId,
  decision: VoidDecision,
): Promise<Result<VoidRequest, Problem>> {
  await transaction.execute(
    sql`SELECT id FROM void_requests WHERE id = ${voidRequestId} FOR NO KEY UPDATE`,
  );
  const request = await readVoidRequest(transaction, voidRequestId);
  if (request.decision !== null) return refuseWith('thing.decided', 'this has been decided');
  if (decision.decision === 'approved') {
    if (request.requestedBy === person.userId) {
      return refuseWith('second-person.required', 'another person has to approve a void');
    }
    const voided = await carryOut(central, transaction, person, request, decision);
    if (!voided.ok) return voided;
  }
  await close(central, transaction, person, voidRequestId, decision);
  const refunded = await refund(central, transaction, person, organisationId, request, decision);
  if (!refunded.ok) return refunded;
  return ok(await readVoidRequest(transaction, voidRequestId));
}

async function carryOut(
  central: Central,
  transaction: Transaction,
  person: Person,
  { orderId, quarantineId, reason, note }: VoidRequest,
  decision: VoidDecision,
): Promise<Result<void, Problem>> {
  const why = `${reason}: ${note} (${decision.note})`;
  if (quarantineId !== null) return voidEntry(central, transaction, person, quarantineId, why);
  invariant(orderId !== null, 'a void is of an order or of an entry');
  const order = await lockVoidableOrder(transaction, orderId);
  const refusal = findVoidRefusal(order);
  if (refusal !== undefined) return refusal;
  if (order.isAtOpenTill) {
    return refuseWith(
      'order.at-open-till',
      'the till that sold it is open, and voids it by itself',
    );
  }
  await takeOutOfPlay(central, transaction, person, [orderId], why);
  await recordCriticalEvent(transaction, {
    type: 'order.voided',
    severity: 'WARN',
    description: why,
    raffleEventId: order.raffleEventId,
    ...(order.rsuId === null ? {} : { rsuId: order.rsuId }),
    userId: person.userId,
    metadata: { orderId },
  });
  return ok(undefined);
}

/** Writes the decision down, and takes back a command that the till has not answered. */
async function close(
  central: Central,
  transaction: Transaction,
  person: Person,
  voidRequestId: VoidRequestId,
  { decision, note }: VoidDecision,
): Promise<void> {
  await transaction.execute(sql`
    UPDATE rsu_commands SET withdrawn_by = ${person.userId},
      withdrawn_at = ${central.now().toISOString()}::TIMESTAMPTZ
    WHERE id = (SELECT command_id FROM void_requests WHERE id = ${voidRequestId})
      AND answer IS NULL AND withdrawn_at IS NULL`);
  await transaction
    .update(voidRequests)
    .set({ decision, decisionNote: note, decidedBy: person.userId, decidedAt: central.now() })
    .where(eq(voidRequests.id, voidRequestId));
}

async function refund(
  central: Central,
  transaction: Transaction,
  person: Person,
  organisationId: OrganisationId,
  { orderId, quarantineId }: VoidRequest,
  decision: VoidDecision,
): Promise<Result<unknown, Problem>> {
  if (decision.refund === undefined) return ok(undefined);
  if (orderId !== null) {
    return refundOrder(central, transaction, person, orderId, decision.refund);
  }
  invariant(quarantineId !== null, 'a void is of an order or of an entry');
  const sold = await firstRowOf<{ readonly isProjected: boolean; readonly orderIds: OrderId[] }>(
    transaction,
    sql`SELECT is_projected AS "isProjected", order_ids AS "orderIds" FROM journal_quarantine
      WHERE id = ${quarantineId}`,
  );
  const [only, ...others] = sold?.orderIds ?? [];
  if (sold?.isProjected !== true) {
    return refundEntry(central, transaction, person, organisationId, quarantineId, decision.refund);
  }
  return only !== undefined && others.length === 0
    ? refundOrder(central, transaction, person, only, decision.refund)
    : refuseWith('refund.not-due', 'it held several orders: record what was paid back for each');
}
