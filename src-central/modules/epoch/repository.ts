import { sql } from 'drizzle-orm';
import type { HoldingsReport } from '#shared/contract/central/allocations.ts';
import type { Transaction } from '../../db/database.ts';
import type { Device } from '../devices/device.ts';

/**
 * Registers reported numbers that this database does not know, so that they are never dealt again.
 *
 * A validation block comes without its key, which stays on the till: its numbers can then be
 * checked by prefix and check digits only.
 */
export async function registerHoldings(
  transaction: Transaction,
  device: Device,
  report: HoldingsReport,
): Promise<void> {
  await registerAllocations(transaction, device, report.allocations);
  await registerBlocks(transaction, device, report.validationBlocks);
}

async function registerAllocations(
  transaction: Transaction,
  device: Device,
  allocations: HoldingsReport['allocations'],
): Promise<void> {
  const list = JSON.stringify(
    allocations.map(({ allocationId, raffleEventId, indices, nextIndex }) => ({
      id: allocationId,
      raffle_event_id: raffleEventId,
      start_number: indices.from,
      end_number: indices.to - 1,
      next_draw_number: nextIndex,
    })),
  );
  await transaction.execute(sql`
    INSERT INTO rsu_allocations (id, raffle_event_id, rsu_id, number_mode, start_number, end_number,
        next_draw_number, total_tickets, tickets_available, state, validation_number_block, metadata)
    SELECT held.id, held.raffle_event_id, ${device.rsuId}, profile.profile ->> 'numberMode',
        held.start_number, held.end_number, held.next_draw_number,
        held.end_number - held.start_number + 1, held.end_number - held.start_number + 1,
        'active', '{}', '{"registeredFrom": "holdings report"}'
    FROM jsonb_to_recordset(${list}::JSONB) AS held (id UUID, raffle_event_id UUID,
        start_number INTEGER, end_number INTEGER, next_draw_number INTEGER)
    JOIN raffle_event_profiles profile ON profile.raffle_event_id = held.raffle_event_id
    WHERE held.end_number >= held.start_number
    ON CONFLICT DO NOTHING`);
  await transaction.execute(sql`
    UPDATE raffle_event_number_pools pool
    SET next_number = LEAST(pool.end_number, GREATEST(pool.next_number, held.next_free))
    FROM (SELECT raffle_event_id, max(end_number) + 1::BIGINT AS next_free
          FROM rsu_allocations WHERE number_mode = 'sequential' GROUP BY raffle_event_id) held
    WHERE held.raffle_event_id = pool.raffle_event_id AND held.next_free > pool.next_number`);
}

async function registerBlocks(
  transaction: Transaction,
  device: Device,
  blocks: HoldingsReport['validationBlocks'],
): Promise<void> {
  const list = JSON.stringify(
    blocks.map(({ validationBlockId, raffleEventId, prefix, nextSequence }) => ({
      id: validationBlockId,
      raffle_event_id: raffleEventId,
      prefix,
      next_sequence: nextSequence,
    })),
  );
  await transaction.execute(sql`
    INSERT INTO validation_prefixes (prefix, validation_block_id)
    SELECT held.prefix, held.id
    FROM jsonb_to_recordset(${list}::JSONB) AS held (id UUID, prefix TEXT)
    ON CONFLICT DO NOTHING`);
  await transaction.execute(sql`
    INSERT INTO validation_number_blocks (id, rsu_allocation_id, rsu_id, raffle_event_id, prefix,
        block_start, block_end, block_size, next_sequence)
    SELECT held.id, allocation.id, ${device.rsuId}, held.raffle_event_id, held.prefix,
        held.prefix || '00000001', held.prefix || '99999999', 99999999, held.next_sequence
    FROM jsonb_to_recordset(${list}::JSONB) AS held (id UUID, raffle_event_id UUID, prefix TEXT,
        next_sequence INTEGER)
    JOIN validation_prefixes known ON known.prefix = held.prefix AND known.validation_block_id = held.id
    JOIN LATERAL (SELECT id FROM rsu_allocations
                  WHERE rsu_id = ${device.rsuId} AND raffle_event_id = held.raffle_event_id
                  ORDER BY allocated_at DESC LIMIT 1) allocation ON TRUE
    ON CONFLICT DO NOTHING`);
  await transaction.execute(sql`
    SELECT setval('validation_prefix_sequence', GREATEST(
        (SELECT last_value FROM validation_prefix_sequence),
        (SELECT max(prefix::BIGINT) FROM validation_prefixes), 10000000))`);
}
