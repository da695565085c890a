import { sql } from 'drizzle-orm';
import {
  createValidationNumberMaker,
  parseTypedValidationNumber,
} from '#shared/domain/validation-number.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import type { Central } from '../../central.ts';
import { rowsOf } from '../../db/rows.ts';
import { readBlockKeys } from '../devices/holdings.ts';

/**
 * Whether a validation number that no sale is known of can be from a till in the corruption log of the
 * raffle event (GLI-31 2.8.1g). Only that till and the central can make such a number.
 */
export async function isOfLostTill(
  central: Central,
  raffleEventId: RaffleEventId,
  typed: string,
): Promise<boolean> {
  const number = parseTypedValidationNumber(typed);
  if (number === undefined) return false;
  const blocks = await rowsOf<BlockRow>(
    central.database,
    sql`SELECT block.id, block.prefix, block.block_size AS size FROM validation_number_blocks block
      JOIN rsu_corruption_log lost
        ON lost.rsu_id = block.rsu_id AND lost.raffle_event_id = block.raffle_event_id
      WHERE block.raffle_event_id = ${raffleEventId} AND lost.confirmed_at IS NOT NULL
        AND block.prefix = ${number.slice(0, 8)}`,
  );
  const keys = await readBlockKeys(
    central,
    central.database,
    blocks.map(({ id }) => id),
  );
  return blocks.some(({ id, prefix, size }) => {
    const key = keys.get(id);
    if (key === undefined) return true;
    const sequence = createValidationNumberMaker({ prefix, key }).sequenceOf(number);
    return sequence !== undefined && sequence <= size;
  });
}

interface BlockRow {
  readonly id: string;
  readonly prefix: string;
  readonly size: number;
}
