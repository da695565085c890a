import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/database.ts';
import type { Projection } from './projection.ts';
import type { ChainRow } from './repository.ts';
import { writeCommandAnswers, writeReturns } from './write-answers.ts';

/**
 * Writes what entries add, a few statements for any number of entries.
 *
 * Each list travels as one JSON parameter. Tickets are expanded by the database, so a package of
 * 1,000 numbers costs no more on the way than one of 1.
 */
export async function writeProjection(
  transaction: Transaction,
  chain: ChainRow,
  projection: Projection,
): Promise<void> {
  await writeSales(transaction, chain.rsuId, projection);
  await writePrints(transaction, projection);
  await writeReturns(transaction, chain, projection.returns);
  await writeCommandAnswers(transaction, chain, projection.commandAnswers);
  await writeEvents(transaction, chain, projection);
}

/** What was sold by one RSU, with its counters. */
export async function writeSales(
  transaction: Transaction,
  rsuId: string,
  projection: Projection,
): Promise<void> {
  if (projection.orders.length === 0) return;
  await transaction.execute(sql`
    INSERT INTO orders (id, validation_number, event_id, package_id, rsu_id, rsu_allocation_id,
        total_amount, currency, payment_status, ticket_count, source, operator_id, is_offline_sale,
        offline_sync_status, offline_created_at, checkout_id, shift_id, chain_id, journal_seq,
        issued_at, clock_offset_ms, flags, payment_reference, customer_info)
    SELECT id, validation_number, event_id, package_id, rsu_id, rsu_allocation_id,
        total_amount, currency, payment_status, ticket_count, source, operator_id, is_offline_sale,
        CASE WHEN source = 'rsu' THEN 'synced' END, offline_created_at, checkout_id, shift_id, chain_id, journal_seq,
        issued_at, clock_offset_ms, flags, payment_reference, customer_info
    FROM json_to_recordset(${JSON.stringify(projection.orders)}::JSON) AS sold (id UUID,
        validation_number TEXT, event_id UUID, package_id UUID, rsu_id UUID, rsu_allocation_id UUID,
        total_amount INTEGER, currency TEXT, payment_status TEXT, ticket_count INTEGER,
        operator_id UUID, is_offline_sale BOOLEAN, offline_created_at TIMESTAMPTZ, checkout_id UUID,
        shift_id UUID, chain_id UUID, journal_seq BIGINT, issued_at TIMESTAMPTZ,
        clock_offset_ms BIGINT, flags TEXT[], source TEXT, payment_reference TEXT,
        customer_info JSONB)`);
  await transaction.execute(sql`
    INSERT INTO tickets (event_id, draw_number, state, order_id, sold_at, sold_by)
    SELECT run.event_id, number, 'sold', run.order_id, run.sold_at, run.sold_by
    FROM json_to_recordset(${JSON.stringify(projection.ticketRuns)}::JSON) AS run (order_id UUID,
        event_id UUID, first INTEGER, last INTEGER, sold_at TIMESTAMPTZ, sold_by UUID)
    CROSS JOIN LATERAL generate_series(run.first, run.last) AS number`);
  await transaction.execute(sql`
    INSERT INTO order_allocations (order_id, rsu_allocation_id, start_index, end_index)
    SELECT order_id, rsu_allocation_id, start_index, end_index
    FROM json_to_recordset(${JSON.stringify(projection.orderAllocations)}::JSON) AS part
        (order_id UUID, rsu_allocation_id UUID, start_index INTEGER, end_index INTEGER)`);
  await transaction.execute(sql`
    INSERT INTO payments (id, checkout_id, rsu_id, tender, status, amount, tendered, change_given,
        currency, paid_at, reference)
    SELECT id, checkout_id, rsu_id, tender, status, amount, tendered, change_given, currency,
        paid_at, reference
    FROM json_to_recordset(${JSON.stringify(projection.payments)}::JSON) AS paid (id UUID,
        checkout_id UUID, rsu_id UUID, tender TEXT, status TEXT, amount BIGINT, tendered BIGINT,
        change_given BIGINT, currency TEXT, paid_at TIMESTAMPTZ, reference TEXT)`);
  await transaction.execute(sql`
    INSERT INTO order_payments (order_id, payment_id, amount)
    SELECT order_id, payment_id, amount
    FROM json_to_recordset(${JSON.stringify(projection.orderPayments)}::JSON) AS part
        (order_id UUID, payment_id UUID, amount BIGINT)`);
  await countSales(transaction, rsuId, projection);
}

/** Counters of this till's own rows only: no two tills ever wait for each other here. */
async function countSales(
  transaction: Transaction,
  rsuId: string,
  projection: Projection,
): Promise<void> {
  const orders = JSON.stringify(projection.orders);
  await transaction.execute(sql`
    INSERT INTO rsu_totals (rsu_id, raffle_event_id, order_count, ticket_count, gross)
    SELECT ${rsuId}::UUID, event_id, count(*), sum(ticket_count), sum(total_amount)
    FROM json_to_recordset(${orders}::JSON) AS sold (event_id UUID, ticket_count INTEGER,
        total_amount BIGINT)
    GROUP BY event_id
    ON CONFLICT (rsu_id, raffle_event_id) DO UPDATE SET
        order_count = rsu_totals.order_count + excluded.order_count,
        ticket_count = rsu_totals.ticket_count + excluded.ticket_count,
        gross = rsu_totals.gross + excluded.gross,
        updated_at = now()`);
  const parts = JSON.stringify(projection.orderAllocations);
  await transaction.execute(sql`
    UPDATE rsu_allocations allocation
    SET tickets_sold = tickets_sold + sold.count,
        tickets_available = tickets_available - sold.count,
        next_draw_number = LEAST(GREATEST(next_draw_number::BIGINT, sold.next), 2147483647)
    FROM (SELECT rsu_allocation_id AS id, sum(end_index - start_index + 1) AS count,
                 max(end_index) + 1::BIGINT AS next
          FROM json_to_recordset(${parts}::JSON) AS part (rsu_allocation_id UUID,
              start_index INTEGER, end_index INTEGER)
          GROUP BY rsu_allocation_id) AS sold
    WHERE allocation.id = sold.id`);
  await transaction.execute(sql`
    UPDATE rsu_allocations SET state = 'exhausted', exhausted_at = now()
    WHERE rsu_id = ${rsuId} AND state = 'active' AND tickets_available = 0`);
}

async function writePrints(transaction: Transaction, projection: Projection): Promise<void> {
  if (projection.printJobs.length > 0) {
    await transaction.execute(sql`
      INSERT INTO print_jobs (id, order_id, rsu_id, copy_number, reason, approved_by)
      SELECT id, order_id, rsu_id, copy_number, reason, approved_by
      FROM json_to_recordset(${JSON.stringify(projection.printJobs)}::JSON) AS job (id UUID,
          order_id UUID, rsu_id UUID, copy_number INTEGER, reason TEXT, approved_by UUID)`);
    const reprinted = projection.printJobs.filter(({ copy_number }) => copy_number > 0);
    if (reprinted.length > 0) {
      await transaction.execute(sql`
        UPDATE orders SET reprint_count = GREATEST(reprint_count, copy.number), updated_at = now()
        FROM (SELECT order_id, max(copy_number) AS number
              FROM json_to_recordset(${JSON.stringify(reprinted)}::JSON) AS job (order_id UUID,
                  copy_number INTEGER)
              GROUP BY order_id) AS copy
        WHERE orders.id = copy.order_id`);
    }
  }
  if (projection.printLog.length > 0) {
    await transaction.execute(sql`
      INSERT INTO print_log (print_job_id, step, detail, operator_id, chain_id, seq, device_time)
      SELECT print_job_id, step, detail, operator_id, chain_id, seq, device_time
      FROM json_to_recordset(${JSON.stringify(projection.printLog)}::JSON) AS log (print_job_id UUID,
          step TEXT, detail JSONB, operator_id UUID, chain_id UUID, seq BIGINT,
          device_time TIMESTAMPTZ)`);
  }
}

async function writeEvents(
  transaction: Transaction,
  chain: ChainRow,
  projection: Projection,
): Promise<void> {
  if (projection.criticalEvents.length > 0) {
    await transaction.execute(sql`
      INSERT INTO critical_events (event_type, event_id, rsu_id, user_id, severity, description,
          metadata, timestamp, chain_id, seq, component_id)
      SELECT event_type, event_id, rsu_id, user_id, severity, description, metadata, timestamp,
          chain_id, seq, 'rsu:' || rsu_id
      FROM json_to_recordset(${JSON.stringify(projection.criticalEvents)}::JSON) AS noted
          (event_type TEXT, event_id UUID, rsu_id UUID, user_id UUID, severity TEXT,
          description TEXT, metadata JSONB, timestamp TIMESTAMPTZ, chain_id UUID, seq BIGINT)`);
  }
  await writeSalesEnds(transaction, chain, projection);
  if (projection.operatorId !== undefined) {
    await transaction.execute(sql`
      UPDATE rsus SET current_operator_id = ${projection.operatorId} WHERE id = ${chain.rsuId}`);
  }
}

/**
 * The RSU's sales are over for a raffle event: in this chain from the entry that says so, and in all
 * of every chain that was enrolled after that moment (GLI-31 2.6.2).
 */
async function writeSalesEnds(
  transaction: Transaction,
  chain: ChainRow,
  { salesEnds }: Projection,
): Promise<void> {
  if (salesEnds.length === 0) return;
  await transaction.execute(sql`
    WITH ended AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(salesEnds)}::JSON) AS ended
          (raffle_event_id UUID, seq BIGINT, ended_at TIMESTAMPTZ)
    )
    INSERT INTO rsu_sales_ends (chain_id, raffle_event_id, seq)
    SELECT ${chain.id}::UUID, raffle_event_id, min(seq) FROM ended GROUP BY raffle_event_id
    UNION ALL
    SELECT DISTINCT later.id, ended.raffle_event_id, 0::BIGINT FROM ended
    JOIN chains later ON later.rsu_id = ${chain.rsuId} AND later.id <> ${chain.id}
      AND later.enrolled_at > ended.ended_at
    ON CONFLICT DO NOTHING`);
}
