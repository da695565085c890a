import { eq, type SQL, sql } from 'drizzle-orm';
import type { SecondDrawRequest } from '#shared/contract/central/people/draws.ts';
import type {
  DrawExecutionId,
  DrawResultId,
  PrizeId,
  RaffleEventId,
  SecondDrawRequestId,
} from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { readInstant, readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';
import { secondDrawRequests } from '../../db/schema/draws.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { drawAgain } from './conduct-draw.ts';
import { lockRaffleEvent, readRaffleEventToDraw } from './raffle-event-to-draw.ts';

/**
 * Asks for a second draw in the place of one result. Nothing is drawn before another person approves.
 *
 * Refuses it for a result that has been replaced or whose prize has been paid out, and while such a
 * request waits.
 */
export async function requestSecondDraw(
  central: Central,
  transaction: Transaction,
  person: Person,
  drawResultId: DrawResultId,
  reason: string,
): Promise<Result<SecondDrawRequest, Problem>> {
  const first = await lockFirstResult(transaction, drawResultId);
  const refusal = findRefusal(first);
  if (refusal !== undefined) return refusal;
  const waiting = await readRequests(
    transaction,
    sql`request.draw_result_id = ${drawResultId} AND decision IS NULL`,
  );
  if (waiting.length > 0) return refuseWith('thing.exists', 'a second draw is asked for already');
  const [row] = await transaction
    .insert(secondDrawRequests)
    .values({ drawResultId, reason, requestedBy: person.userId, requestedAt: central.now() })
    .returning({ id: secondDrawRequests.id });
  invariant(row !== undefined, 'an insert returns its row');
  await recordCriticalEvent(transaction, {
    type: 'second-draw.requested',
    severity: 'WARN',
    description: reason,
    raffleEventId: first.raffleEventId,
    userId: person.userId,
    metadata: { drawResultId },
  });
  return ok(await readRequest(transaction, row.id as SecondDrawRequestId));
}

/**
 * Decides about a second draw. Approved, it is drawn at once, and the first result is kept.
 *
 * Refuses to approve one's own request: a second draw takes two people.
 */
export async function decideSecondDraw(
  central: Central,
  transaction: Transaction,
  person: Person,
  requestId: SecondDrawRequestId,
  decision: 'approved' | 'refused',
): Promise<Result<SecondDrawRequest, Problem>> {
  const known = await readRequest(transaction, requestId);
  const first = await lockFirstResult(transaction, known.drawResultId);
  const request = await readRequest(transaction, requestId);
  if (request.decision !== null) return refuseWith('thing.decided', 'this has been decided');
  if (decision === 'refused') {
    await close(central, transaction, person, request, decision, null);
    return ok(await readRequest(transaction, requestId));
  }
  if (request.requestedBy === person.userId) {
    return refuseWith('second-person.required', 'another person has to approve a second draw');
  }
  const refusal = findRefusal(first);
  if (refusal !== undefined) return refusal;
  const event = await readRaffleEventToDraw(transaction, first.raffleEventId);
  const draw = await drawAgain(central, transaction, person, event, first);
  if (!draw.ok) return draw;
  await close(central, transaction, person, request, decision, draw.value.drawExecutionId);
  return ok(await readRequest(transaction, requestId));
}

/** Every request for a second draw in a raffle event, oldest first. */
export function listSecondDrawRequests(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<SecondDrawRequest[]> {
  return readRequests(database, sql`execution.raffle_event_id = ${raffleEventId}`);
}

interface FirstResult {
  readonly drawResultId: DrawResultId;
  readonly prizeId: PrizeId;
  readonly raffleEventId: RaffleEventId;
  readonly isReplaced: boolean;
  readonly isPaidOut: boolean;
}

/** The result in question, with its raffle event locked, so that nothing else is drawn meanwhile. */
async function lockFirstResult(
  transaction: Transaction,
  drawResultId: DrawResultId,
): Promise<FirstResult> {
  const found = await firstRowOf<{ readonly id: RaffleEventId }>(
    transaction,
    sql`SELECT raffle_event_id AS id FROM draw_executions WHERE id =
      (SELECT draw_execution_id FROM draw_results WHERE id = ${drawResultId})`,
  );
  invariant(found !== undefined, 'a result in a checked path exists');
  await lockRaffleEvent(transaction, found.id);
  const row = await firstRowOf<Omit<FirstResult, 'raffleEventId'>>(
    transaction,
    sql`SELECT id AS "drawResultId", prize_id AS "prizeId",
        EXISTS (SELECT 1 FROM draw_results WHERE replaces_result_id = ${drawResultId}) AS "isReplaced",
        EXISTS (SELECT 1 FROM prize_claims WHERE draw_result_id = ${drawResultId}
          AND state <> 'rejected') AS "isPaidOut"
      FROM draw_results WHERE id = ${drawResultId}`,
  );
  invariant(row !== undefined, 'a result is never deleted');
  return { ...row, raffleEventId: found.id };
}

function findRefusal({ isReplaced, isPaidOut }: FirstResult) {
  if (isReplaced) return refuseWith('draw-result.replaced', 'another result took its place');
  return isPaidOut ? refuseWith('prize.claimed', 'this prize has been claimed') : undefined;
}

async function close(
  central: Central,
  transaction: Transaction,
  person: Person,
  { secondDrawRequestId }: SecondDrawRequest,
  decision: 'approved' | 'refused',
  drawExecutionId: DrawExecutionId | null,
): Promise<void> {
  await transaction
    .update(secondDrawRequests)
    .set({ decision, decidedBy: person.userId, decidedAt: central.now(), drawExecutionId })
    .where(eq(secondDrawRequests.id, secondDrawRequestId));
}

async function readRequest(
  database: Queryable,
  requestId: SecondDrawRequestId,
): Promise<SecondDrawRequest> {
  const [request] = await readRequests(database, sql`request.id = ${requestId}`);
  invariant(request !== undefined, 'a request in a checked path exists');
  return request;
}

async function readRequests(database: Queryable, condition: SQL): Promise<SecondDrawRequest[]> {
  const rows = await rowsOf<RequestRow>(
    database,
    sql`SELECT request.id AS "secondDrawRequestId", request.draw_result_id AS "drawResultId", reason,
        requested_by AS "requestedBy", requested_at AS "requestedAt", decision,
        decided_by AS "decidedBy", decided_at AS "decidedAt",
        request.draw_execution_id AS "drawExecutionId"
      FROM second_draw_requests request
      JOIN draw_results result ON result.id = request.draw_result_id
      JOIN draw_executions execution ON execution.id = result.draw_execution_id
      WHERE ${condition} ORDER BY requested_at, request.id`,
  );
  return rows.map((row) => ({
    ...row,
    requestedAt: readInstant(row.requestedAt),
    decidedAt: readInstantIfAny(row.decidedAt),
  }));
}

interface RequestRow extends Omit<SecondDrawRequest, 'requestedAt' | 'decidedAt'> {
  readonly requestedAt: StoredMoment;
  readonly decidedAt: StoredMoment | null;
}
