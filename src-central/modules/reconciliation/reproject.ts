import { type SQL, sql } from 'drizzle-orm';
import type { Reprojection } from '#shared/contract/central/people/reconciliation.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Person } from '../../api/person.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { arrayParameter, firstRowOf } from '../../db/rows.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import type { Projection } from '../journal/projection.ts';
import { lockChain } from '../journal/repository.ts';
import { replayChain } from './replay-chain.ts';

type Difference = Reprojection['differences'][number];

/** How many examples of a difference are named. */
const MOST_EXAMPLES = 20;

/**
 * Makes the rows of a chain again from its raw journal and compares them with those that are there.
 *
 * Nothing is written over: rows of sales are kept for ever, so a difference is for people to explain.
 * It is noted as a critical event. Intake of the chain waits meanwhile.
 */
export async function reproject(
  central: Central,
  transaction: Transaction,
  person: Person,
  chainId: ChainId,
): Promise<Reprojection> {
  const chain = await lockChain(transaction, chainId);
  const { entryCount, projection, faults, notAskedAgain } = await replayChain(
    central,
    transaction,
    chain,
  );
  const differences: Difference[] = faults.map(({ seq, doubt }) => ({
    table: 'journal_entries',
    problem: 'not-readable',
    count: 1,
    examples: [`${seq}: ${doubt.explanation}`],
  }));
  for (const comparison of comparisonsOf(chainId, projection, notAskedAgain)) {
    differences.push(...(await compare(transaction, comparison)));
  }
  if (differences.length > 0) {
    await recordCriticalEvent(transaction, {
      type: 'projection.differs',
      severity: 'ERROR',
      description: 'The rows of a till are not what its journal says',
      rsuId: chain.rsuId as never,
      userId: person.userId,
      metadata: { chainId, differences },
    });
  }
  return { chainId, entryCount, orderCount: projection.orders.length, differences };
}

/** One table from both sides; each begins with a column `key` that names a row for people. */
interface Comparison {
  readonly table: string;
  readonly expected: SQL;
  readonly actual: SQL;
}

function comparisonsOf(
  chainId: ChainId,
  projection: Projection,
  notAskedAgain: readonly number[],
): Comparison[] {
  return [
    ...salesOf(chainId, projection),
    ...paymentsOf(chainId, projection),
    ...printsOf(chainId, projection),
    eventsOf(chainId, projection, notAskedAgain),
  ];
}

function salesOf(chainId: ChainId, projection: Projection): Comparison[] {
  const order = sql`id::TEXT AS key, validation_number, event_id, package_id, rsu_id,
    rsu_allocation_id, total_amount, btrim(currency) AS currency, ticket_count, operator_id,
    is_offline_sale, offline_created_at, checkout_id, shift_id, chain_id, journal_seq, issued_at,
    clock_offset_ms`;
  return [
    {
      table: 'orders',
      expected: sql`SELECT ${order} FROM json_to_recordset(${json(projection.orders)}) AS sold (id UUID,
        validation_number TEXT, event_id UUID, package_id UUID, rsu_id UUID, rsu_allocation_id UUID,
        total_amount INTEGER, currency TEXT, ticket_count INTEGER, operator_id UUID,
        is_offline_sale BOOLEAN, offline_created_at TIMESTAMPTZ, checkout_id UUID, shift_id UUID,
        chain_id UUID, journal_seq BIGINT, issued_at TIMESTAMPTZ, clock_offset_ms BIGINT)`,
      actual: sql`SELECT ${order} FROM orders WHERE chain_id = ${chainId}`,
    },
    {
      table: 'tickets',
      expected: sql`SELECT order_id || '/' || number AS key, event_id, sold_at, sold_by
        FROM json_to_recordset(${json(projection.ticketRuns)}) AS run (order_id UUID, event_id UUID,
          first INTEGER, last INTEGER, sold_at TIMESTAMPTZ, sold_by UUID)
        CROSS JOIN LATERAL generate_series(run.first, run.last) AS number`,
      actual: sql`SELECT order_id || '/' || draw_number AS key, tickets.event_id, sold_at, sold_by
        FROM tickets JOIN orders ON orders.id = order_id WHERE chain_id = ${chainId}`,
    },
    {
      table: 'order_allocations',
      expected: sql`SELECT order_id || '/' || start_index AS key, rsu_allocation_id, end_index
        FROM json_to_recordset(${json(projection.orderAllocations)}) AS part (order_id UUID,
          rsu_allocation_id UUID, start_index INTEGER, end_index INTEGER)`,
      actual: sql`SELECT order_id || '/' || start_index AS key, part.rsu_allocation_id, end_index
        FROM order_allocations part JOIN orders ON orders.id = order_id WHERE chain_id = ${chainId}`,
    },
  ];
}

function paymentsOf(chainId: ChainId, projection: Projection): Comparison[] {
  const payment = sql`id::TEXT AS key, checkout_id, rsu_id, tender, amount, tendered, change_given,
    btrim(currency) AS currency, paid_at`;
  return [
    {
      table: 'payments',
      expected: sql`SELECT ${payment} FROM json_to_recordset(${json(projection.payments)}) AS paid
        (id UUID, checkout_id UUID, rsu_id UUID, tender TEXT, amount BIGINT, tendered BIGINT,
        change_given BIGINT, currency TEXT, paid_at TIMESTAMPTZ)`,
      actual: sql`SELECT ${payment} FROM payments WHERE checkout_id IN
        (SELECT checkout_id FROM orders WHERE chain_id = ${chainId})`,
    },
    {
      table: 'order_payments',
      expected: sql`SELECT order_id || '/' || payment_id AS key, amount
        FROM json_to_recordset(${json(projection.orderPayments)}) AS part (order_id UUID,
          payment_id UUID, amount BIGINT)`,
      actual: sql`SELECT order_id || '/' || payment_id AS key, amount
        FROM order_payments JOIN orders ON orders.id = order_id WHERE chain_id = ${chainId}`,
    },
  ];
}

function printsOf(chainId: ChainId, projection: Projection): Comparison[] {
  const job = sql`id::TEXT AS key, order_id, rsu_id, copy_number, reason, approved_by`;
  const line = sql`seq::TEXT AS key, print_job_id, step, operator_id, device_time`;
  return [
    {
      // Copies that a later enrolment printed are of another chain.
      table: 'print_jobs',
      expected: sql`SELECT ${job} FROM json_to_recordset(${json(projection.printJobs)}) AS job (id UUID,
        order_id UUID, rsu_id UUID, copy_number INTEGER, reason TEXT, approved_by UUID)`,
      actual: sql`SELECT ${job} FROM print_jobs WHERE (copy_number = 0 AND order_id IN
          (SELECT id FROM orders WHERE chain_id = ${chainId}))
        OR (copy_number > 0 AND id IN (SELECT id FROM
          json_to_recordset(${json(projection.printJobs)}) AS job (id UUID)))`,
    },
    {
      table: 'print_log',
      expected: sql`SELECT ${line} FROM json_to_recordset(${json(projection.printLog)}) AS log (seq BIGINT,
        print_job_id UUID, step TEXT, operator_id UUID, device_time TIMESTAMPTZ)`,
      actual: sql`SELECT ${line} FROM print_log WHERE chain_id = ${chainId}`,
    },
  ];
}

function eventsOf(
  chainId: ChainId,
  projection: Projection,
  notAskedAgain: readonly number[],
): Comparison {
  const event = sql`seq::TEXT AS key, event_type, event_id, user_id, severity, timestamp`;
  return {
    table: 'critical_events',
    expected: sql`SELECT ${event} FROM json_to_recordset(${json(projection.criticalEvents)}) AS noted
      (seq BIGINT, event_type TEXT, event_id UUID, user_id UUID, severity TEXT, timestamp TIMESTAMPTZ)`,
    actual: sql`SELECT ${event} FROM critical_events
      WHERE chain_id = ${chainId} AND component_id LIKE 'rsu:%'
        AND seq <> ALL(${arrayParameter(notAskedAgain, 'bigint[]')})`,
  };
}

function json(rows: readonly object[]): SQL {
  return sql`${JSON.stringify(rows)}::JSON`;
}

async function compare(
  transaction: Transaction,
  { table, expected, actual }: Comparison,
): Promise<Difference[]> {
  const row = await firstRowOf<Record<'missing' | 'unexpected', string[]>>(
    transaction,
    sql`WITH expected AS (${expected}), actual AS (${actual}),
        missing AS (SELECT * FROM expected EXCEPT ALL SELECT * FROM actual),
        unexpected AS (SELECT * FROM actual EXCEPT ALL SELECT * FROM expected)
      SELECT ARRAY(SELECT key FROM missing ORDER BY key) AS missing,
        ARRAY(SELECT key FROM unexpected ORDER BY key) AS unexpected`,
  );
  invariant(row !== undefined, 'a query without FROM has one row');
  return (['missing', 'unexpected'] as const)
    .filter((problem) => row[problem].length > 0)
    .map((problem) => ({
      table,
      problem,
      count: row[problem].length,
      examples: row[problem].slice(0, MOST_EXAMPLES),
    }));
}
