import { randomUUID } from 'node:crypto';
import { utf8 } from '#shared/kernel/bytes.ts';
import type { TestCentral } from './test-central.ts';

/** One record of each kind that the calls of draws and claims name in their path. */
export interface DrawRecords {
  readonly drawExecutionId: string;
  readonly drawResultId: string;
  readonly secondDrawRequestId: string;
  readonly claimId: string;
  readonly counterfoilPrintId: string;
}

/** Writes such records by hand for a raffle event, for tests that only ask whose they are. */
export async function insertDrawRecords(
  { query, central }: TestCentral,
  raffleEventId: string,
  userId: string,
): Promise<DrawRecords> {
  const [orderId, ticketId, drawExecutionId, drawResultId] = Array.from({ length: 4 }, () =>
    randomUUID(),
  );
  const [secondDrawRequestId, claimId, counterfoilPrintId] = Array.from({ length: 3 }, () =>
    randomUUID(),
  );
  await query(
    `INSERT INTO orders (id, validation_number, event_id, total_amount, currency, payment_status,
       ticket_count, source) VALUES ($1, $2, $3, 100, 'CAD', 'paid', 1, 'online')`,
    [orderId, orderId, raffleEventId],
  );
  await query(
    `INSERT INTO tickets (id, event_id, draw_number, state, order_id, sold_at)
     VALUES ($1, $2, 7, 'sold', $3, now())`,
    [ticketId, raffleEventId, orderId],
  );
  await query(
    `INSERT INTO draw_executions (id, raffle_event_id, state, started_at, rng_seed, conducted_by,
       system_checksum) VALUES ($1, $2, 'completed', now(), 'by hand', $3, repeat('0', 64))`,
    [drawExecutionId, raffleEventId, userId],
  );
  await query(
    `INSERT INTO draw_inputs (draw_execution_id, method, pool_sha256, pool_size, pool_ranges, stays_in,
       net_sales, currency, prizes)
     VALUES ($1, 'manual', repeat('0', 64), 1, '[[7, 7]]', FALSE, 100, 'CAD', '[]')`,
    [drawExecutionId],
  );
  await query(
    `INSERT INTO draw_results (id, draw_execution_id, prize_id, position, winning_ticket_id,
       winning_number, prize_value_at_draw, selected_at)
     SELECT $1, $2, id, 1, $3, 7, 50, now() FROM prizes WHERE event_id = $4 LIMIT 1`,
    [drawResultId, drawExecutionId, ticketId, raffleEventId],
  );
  await query(
    `INSERT INTO second_draw_requests (id, draw_result_id, reason, requested_by, requested_at)
     VALUES ($1, $2, 'a test', $3, now())`,
    [secondDrawRequestId, drawResultId, userId],
  );
  const winnerId = randomUUID();
  const winner = { name: 'Wilma', address: '', contact: '', proofOfIdentity: 'passport' };
  await query(
    `INSERT INTO prize_winners (id, raffle_event_id, sealed, recorded_by, recorded_at)
     VALUES ($1, $2, $3, $4, now())`,
    [
      winnerId,
      raffleEventId,
      Buffer.from(central.vault.seal('winner', winnerId, utf8(JSON.stringify(winner)))),
      userId,
    ],
  );
  await query(
    `INSERT INTO prize_claims (id, draw_result_id, claimed_at, claimed_by, verification_method, verified_by)
     VALUES ($1, $2, now(), $3, 'typed', $4)`,
    [claimId, drawResultId, winnerId, userId],
  );
  await query(
    `INSERT INTO counterfoil_prints (id, raffle_event_id, first_number, last_number, requested_by,
       requested_at, state) VALUES ($1, $2, 7, 7, $3, now(), 'released')`,
    [counterfoilPrintId, raffleEventId, userId],
  );
  return {
    drawExecutionId: String(drawExecutionId),
    drawResultId: String(drawResultId),
    secondDrawRequestId: String(secondDrawRequestId),
    claimId: String(claimId),
    counterfoilPrintId: String(counterfoilPrintId),
  };
}
