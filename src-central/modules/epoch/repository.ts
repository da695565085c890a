import { sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '../../db/database.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';

/** The device that holds numbers, and its RSU. */
export interface NumberHolder {
  readonly rsuId: string;
  readonly chainId: string;
}

/** Draw numbers that a till says it holds. Of a random allocation, the numbers in their order. */
export interface HeldAllocation {
  readonly allocationId: string;
  readonly raffleEventId: string;
  readonly from: number;
  readonly to: number;
  readonly numbers: readonly number[] | null;
}

/** A validation block that a till says it holds. */
export interface HeldBlock {
  readonly validationBlockId: string;
  readonly raffleEventId: string;
  readonly prefix: string;
  readonly size: number;
}

/**
 * Whether the database may have forgotten what it gave to this till: it was restored after the
 * till was enrolled. Otherwise a till's word counts for nothing, because it could claim anything.
 */
export async function mayHaveForgotten(
  transaction: Transaction,
  chainId: string,
): Promise<boolean> {
  const row = await firstRowOf<{ may: boolean }>(
    transaction,
    sql`SELECT epoch.epoch > 1 AND chain.enrolled_at < epoch.started_at AS may
      FROM chains chain, system_epochs epoch
      WHERE chain.id = ${chainId} AND epoch.epoch = (SELECT max(epoch) FROM system_epochs)`,
  );
  return row?.may === true;
}

/** Each RSU's device at the moment when the epoch began: the one that may hold forgotten numbers. */
const LAST_CHAINS_BEFORE_EPOCH = sql`
  SELECT DISTINCT ON (chains.rsu_id) chains.id, chains.rsu_id, epoch.epoch
  FROM chains
  JOIN system_epochs epoch ON epoch.epoch = (SELECT max(epoch) FROM system_epochs)
  WHERE epoch.epoch > 1 AND chains.enrolled_at < epoch.started_at
  ORDER BY chains.rsu_id, chains.enrolled_at DESC`;

/** Whether a chain is the one whose report its RSU is awaited for. */
export async function mayReportForRsu(transaction: Transaction, chainId: string): Promise<boolean> {
  const row = await firstRowOf(
    transaction,
    sql`SELECT 1 FROM (${LAST_CHAINS_BEFORE_EPOCH}) AS awaited WHERE awaited.id = ${chainId}`,
  );
  return row !== undefined;
}

/**
 * The RSUs that still have to say which numbers they hold before any are dealt: those enrolled before
 * the epoch began. Empty in the first epoch, before which nothing can have been lost.
 *
 * A report of random numbers is complete only when the journal has brought them. An RSU that was
 * enrolled anew meanwhile is still awaited: its former device may have sold what could be dealt again.
 */
export async function tillsAwaited(database: Queryable): Promise<readonly string[]> {
  const rows = await rowsOf<{ id: string }>(
    database,
    sql`SELECT rsus.id FROM rsus
      JOIN (${LAST_CHAINS_BEFORE_EPOCH}) AS awaited ON awaited.rsu_id = rsus.id
      LEFT JOIN epoch_reports report ON report.epoch = awaited.epoch AND report.rsu_id = rsus.id
      WHERE rsus.state = 'enrolled' AND (report.rsu_id IS NULL OR report.kind = 'reported' AND EXISTS (
        SELECT 1 FROM jsonb_to_recordset(report.detail -> 'allocations')
          AS held ("allocationId" UUID, "raffleEventId" UUID)
        JOIN raffle_event_profiles profile ON profile.raffle_event_id = held."raffleEventId"
          AND profile.profile ->> 'numberMode' = 'random'
        WHERE NOT EXISTS (SELECT 1 FROM rsu_allocations WHERE id = held."allocationId")))
      ORDER BY rsus.id`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Registers numbers that this database has forgotten, so that their sales count and they are never
 * dealt again. What overlaps the numbers of another till is left out: its sales will wait for a
 * person.
 */
export async function registerAllocations(
  transaction: Transaction,
  { rsuId, chainId }: NumberHolder,
  held: readonly HeldAllocation[],
): Promise<void> {
  const list = JSON.stringify(held);
  await transaction.execute(sql`
    WITH held AS (
      SELECT held.*, profile.profile ->> 'numberMode' AS mode
      FROM jsonb_to_recordset(${list}::JSONB) AS held ("allocationId" UUID, "raffleEventId" UUID,
          "from" BIGINT, "to" BIGINT, numbers JSONB)
      JOIN raffle_event_profiles profile ON profile.raffle_event_id = held."raffleEventId"
      WHERE held."to" > held."from"
    ), registered AS (
      INSERT INTO rsu_allocations (id, raffle_event_id, rsu_id, chain_id, number_mode, start_number,
          end_number, next_draw_number, total_tickets, tickets_available, state,
          validation_number_block, metadata)
      SELECT "allocationId", "raffleEventId", ${rsuId}, ${chainId}::UUID, mode, "from", "to" - 1, "from",
          "to" - "from", "to" - "from", 'active', '{}', '{"registeredFrom": "the till"}'
      FROM held
      WHERE mode = 'sequential' OR jsonb_array_length(numbers) = "to" - "from"
      ON CONFLICT DO NOTHING
      RETURNING id
    )
    INSERT INTO rsu_allocation_numbers (raffle_event_id, draw_number, rsu_allocation_id, position)
    SELECT held."raffleEventId", number.value::INTEGER, held."allocationId", number.place - 1
    FROM held
    JOIN registered ON registered.id = held."allocationId"
    CROSS JOIN LATERAL jsonb_array_elements_text(held.numbers) WITH ORDINALITY AS number (value, place)
    WHERE held.mode = 'random'
    ON CONFLICT DO NOTHING`);
  await transaction.execute(sql`
    UPDATE raffle_event_number_pools pool
    SET next_number = LEAST(pool.end_number, held.beyond)
    FROM (SELECT raffle_event_id, max(end_number) + 1::BIGINT AS beyond
          FROM rsu_allocations WHERE number_mode = 'sequential' GROUP BY raffle_event_id) held
    WHERE held.raffle_event_id = pool.raffle_event_id AND held.beyond > pool.next_number`);
}

/**
 * Registers validation blocks that this database has forgotten. Their keys stay on the till: their
 * numbers are then checked by prefix and check digits only.
 */
export async function registerBlocks(
  transaction: Transaction,
  { rsuId, chainId }: NumberHolder,
  held: readonly HeldBlock[],
): Promise<void> {
  const list = JSON.stringify(held);
  await transaction.execute(sql`
    INSERT INTO validation_prefixes (prefix, validation_block_id)
    SELECT held.prefix, held."validationBlockId"
    FROM jsonb_to_recordset(${list}::JSONB) AS held ("validationBlockId" UUID, prefix TEXT)
    ON CONFLICT DO NOTHING`);
  await transaction.execute(sql`
    INSERT INTO validation_number_blocks (id, rsu_allocation_id, rsu_id, chain_id, raffle_event_id,
        prefix, block_start, block_end, block_size)
    SELECT held."validationBlockId", allocation.id, ${rsuId}, ${chainId}::UUID, held."raffleEventId", held.prefix,
        held.prefix || '00000001', held.prefix || lpad(held.size::TEXT, 8, '0'), held.size
    FROM jsonb_to_recordset(${list}::JSONB) AS held ("validationBlockId" UUID, "raffleEventId" UUID,
        prefix TEXT, size INTEGER)
    JOIN validation_prefixes known ON known.prefix = held.prefix
      AND known.validation_block_id = held."validationBlockId"
    JOIN LATERAL (SELECT id FROM rsu_allocations
                  WHERE chain_id = ${chainId} AND raffle_event_id = held."raffleEventId"
                  ORDER BY allocated_at DESC LIMIT 1) allocation ON TRUE
    ON CONFLICT DO NOTHING`);
  await skipPrefixesThrough(transaction, 0);
}

/** Makes the next prefix lie beyond every known one, and `gap` further. */
export async function skipPrefixesThrough(transaction: Transaction, gap: number): Promise<void> {
  await transaction.execute(sql`
    SELECT setval('validation_prefix_sequence', LEAST(99999999, ${gap}::BIGINT + GREATEST(
        (SELECT last_value FROM validation_prefix_sequence),
        (SELECT max(prefix::BIGINT) FROM validation_prefixes), 10000000)))`);
}

/** Leaves out the next `gap` numbers of every raffle event that still sells. */
export async function skipDrawNumbers(transaction: Transaction, gap: number): Promise<void> {
  await transaction.execute(sql`
    UPDATE raffle_event_number_pools pool
    SET next_number = LEAST(pool.end_number, pool.next_number + ${gap}::BIGINT)
    FROM raffle_events event
    WHERE event.id = pool.raffle_event_id AND event.state IN ('created', 'active', 'suspended')`);
}
