import { inArray, sql } from 'drizzle-orm';
import type { Allocation, ValidationBlock } from '#shared/contract/mirror/numbers.ts';
import { toBase64 } from '#shared/kernel/bytes.ts';
import type { AllocationId, RaffleEventId, ValidationBlockId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import type { Central } from '../../central.ts';
import type { Queryable } from '../../db/database.ts';
import { arrayParameter, rowsOf } from '../../db/rows.ts';
import {
  type rsuAllocations,
  serverSecrets,
  type validationNumberBlocks,
} from '../../db/schema/numbers.ts';

type AllocationRow = typeof rsuAllocations.$inferSelect;
type BlockRow = typeof validationNumberBlocks.$inferSelect;

/**
 * Allocations as a till gets them, without what it gave back; random ones with their numbers in the
 * order of their positions.
 */
export async function describeAllocations(
  database: Queryable,
  rows: readonly AllocationRow[],
): Promise<Allocation[]> {
  const random = rows.filter((row) => row.numberMode === 'random').map((row) => row.id);
  const numbers = await readDealtNumbers(database, random);
  return rows.map((row) => {
    const common = {
      allocationId: row.id as AllocationId,
      raffleEventId: row.raffleEventId as RaffleEventId,
      indices: { from: row.startNumber, to: row.returnedFrom ?? row.endNumber + 1 },
    };
    return row.numberMode === 'sequential'
      ? { mode: 'sequential', ...common }
      : { mode: 'random', ...common, numbers: [...(numbers.get(row.id) ?? [])] };
  });
}

/** The numbers of random allocations, by allocation, without those that were given back. */
export async function readDealtNumbers(
  database: Queryable,
  allocationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  if (allocationIds.length === 0) return new Map();
  const rows = await rowsOf<{ id: string; numbers: number[] }>(
    database,
    sql`SELECT rsu_allocation_id AS id, array_agg(draw_number ORDER BY position) AS numbers
      FROM rsu_allocation_numbers
      WHERE rsu_allocation_id = ANY(${arrayParameter(allocationIds, 'uuid[]')}) AND NOT is_returned
      GROUP BY rsu_allocation_id`,
  );
  return new Map(rows.map(({ id, numbers }) => [id, numbers]));
}

/**
 * Validation blocks as a till gets them, with their keys.
 *
 * A block that a till reported after a restore has no key here: its own till has it, so it is left
 * out.
 */
export async function describeValidationBlocks(
  central: Central,
  database: Queryable,
  rows: readonly BlockRow[],
): Promise<ValidationBlock[]> {
  const keys = await readBlockKeys(
    central,
    database,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row) => {
    const key = keys.get(row.id);
    if (key === undefined) return [];
    return [
      {
        validationBlockId: row.id as ValidationBlockId,
        raffleEventId: row.raffleEventId as RaffleEventId,
        prefix: row.prefix,
        size: row.blockSize,
        expiresAt: row.expiresAt === null ? null : instantFromEpoch(row.expiresAt.getTime()),
        key: toBase64(key),
      },
    ];
  });
}

/** The keys of validation blocks, by block. */
export async function readBlockKeys(
  central: Central,
  database: Queryable,
  blockIds: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (blockIds.length === 0) return new Map();
  const rows = await database
    .select()
    .from(serverSecrets)
    .where(inArray(serverSecrets.subjectId, [...blockIds]));
  return new Map(
    rows.map(({ kind, subjectId, sealed }) => [
      subjectId,
      central.vault.open(kind, subjectId, sealed),
    ]),
  );
}
