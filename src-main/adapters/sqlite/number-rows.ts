import { asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { Allocation, StoredValidationBlock } from '#shared/contract/mirror/numbers.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { AnyDatabase } from './open-database.ts';
import { allocations, validationBlocks } from './schema.ts';

type NumberRows = Pick<TerminalRows, 'allocations' | 'validationBlocks' | 'heldNumbers'> & {
  /** Drops what is remembered of rows that were rolled back. */
  forget(): void;
};

const { numbers: numbersColumn, ...lightColumns } = getTableColumns(allocations);

/** Reads the numbers that the till holds. */
export function createNumberRows(database: AnyDatabase): NumberRows {
  const listAllocations = database.orm
    .select(lightColumns)
    .from(allocations)
    .where(eq(allocations.raffleEventId, sql.placeholder('raffleEventId')))
    .orderBy(asc(allocations.ordinal))
    .prepare();
  const findNumbers = database.orm
    .select({ numbers: numbersColumn })
    .from(allocations)
    .where(eq(allocations.ordinal, sql.placeholder('ordinal')))
    .prepare();
  const listBlocks = database.orm
    .select()
    .from(validationBlocks)
    .where(eq(validationBlocks.raffleEventId, sql.placeholder('raffleEventId')))
    .orderBy(asc(validationBlocks.ordinal))
    .prepare();

  const listAllocationIds = database.orm
    .select({ allocationId: allocations.allocationId })
    .from(allocations)
    .prepare();
  const listBlockNames = database.orm
    .select({
      validationBlockId: validationBlocks.validationBlockId,
      prefix: validationBlocks.prefix,
    })
    .from(validationBlocks)
    .prepare();

  // A list of 20,000 numbers never changes and is wanted with every sale.
  const remembered = new Map<number, number[]>();
  const numbersOf = (ordinal: number): number[] => {
    const known = remembered.get(ordinal) ?? findNumbers.get({ ordinal })?.numbers;
    invariant(known != null, `allocation ${ordinal} has no list of numbers`);
    remembered.set(ordinal, known);
    return known;
  };

  return {
    allocations: (raffleEventId) =>
      listAllocations.all({ raffleEventId }).map((row) => ({
        allocation: allocationOf(row, numbersOf),
        nextIndex: row.nextIndex,
      })),
    validationBlocks: (raffleEventId) =>
      listBlocks.all({ raffleEventId }).map((row) => ({
        block: blockOf(row),
        nextSequence: row.nextSequence,
      })),
    heldNumbers: () => {
      const blocks = listBlockNames.all();
      return {
        allocationIds: new Set(listAllocationIds.all().map(({ allocationId }) => allocationId)),
        validationBlockIds: new Set(blocks.map(({ validationBlockId }) => validationBlockId)),
        prefixes: new Set(blocks.map(({ prefix }) => prefix)),
      };
    },
    forget: () => remembered.clear(),
  };
}

function allocationOf(
  row: Omit<typeof allocations.$inferSelect, 'numbers'>,
  numbersOf: (ordinal: number) => number[],
): Allocation {
  const { allocationId, raffleEventId } = row;
  const indices = { from: row.firstIndex, to: row.endIndex };
  return row.mode === 'sequential'
    ? { mode: 'sequential', allocationId, raffleEventId, indices }
    : { mode: 'random', allocationId, raffleEventId, indices, numbers: numbersOf(row.ordinal) };
}

function blockOf(row: typeof validationBlocks.$inferSelect): StoredValidationBlock {
  const { validationBlockId, raffleEventId, prefix, size, expiresAt, wrappedKey } = row;
  return { validationBlockId, raffleEventId, prefix, size, expiresAt, wrappedKey };
}
