import { eq, sql } from 'drizzle-orm';
import type { Allocation, StoredValidationBlock } from '#shared/contract/mirror/numbers.ts';
import type { Appliers } from './appliers.ts';
import { DEVICE_ID } from './apply-device-entries.ts';
import { createMirrorKeeper } from './keep-mirror.ts';
import { createRaffleEventKeeper } from './keep-raffle-events.ts';
import type { AnyDatabase, WritableDatabase } from './open-database.ts';
import { prepareInsert } from './prepare-insert.ts';
import { prepareUpdate } from './prepare-update.ts';
import { allocations, device, validationBlocks } from './schema.ts';

type DownloadKind =
  | 'mirror.received'
  | 'numbers.received'
  | 'control.received'
  | 'sales.ended'
  | 'allocation.returned'
  | 'command.answered';

/** Entries about what came down from the central. `journalHolder` has the entries before them. */
export function createDownloadAppliers(
  database: WritableDatabase,
  journalHolder: AnyDatabase,
): Appliers<DownloadKind> {
  const raffleEvents = createRaffleEventKeeper(database);
  const keepMirror = createMirrorKeeper(database, raffleEvents, journalHolder);
  const insertAllocation = prepareInsert(database, allocations);
  const insertValidationBlock = prepareInsert(database, validationBlocks);
  const setDeviceState = prepareUpdate(database, device, 'deviceId', ['deviceState']);
  const closeAllocation = database.orm
    .update(allocations)
    .set({ nextIndex: sql`${allocations.endIndex}` })
    .where(eq(allocations.allocationId, sql.placeholder('allocationId')))
    .prepare();

  return {
    'mirror.received': ({ payload }, seq) => keepMirror(payload, seq),
    'numbers.received': ({ payload }) => {
      for (const allocation of payload.allocations) insertAllocation(allocationRow(allocation));
      for (const block of payload.validationBlocks) insertValidationBlock(blockRow(block));
    },
    'control.received': ({ payload }) => {
      setDeviceState({ deviceId: DEVICE_ID, deviceState: payload.deviceState });
      for (const told of payload.raffleEvents) raffleEvents.control(told);
    },
    'sales.ended': ({ payload, at }) => raffleEvents.endSales(payload.raffleEventId, at),
    // What was given back is as gone as what was sold.
    'allocation.returned': ({ payload: { allocationId } }) => {
      closeAllocation.run({ allocationId });
    },
    'command.answered': () => undefined,
  };
}

function allocationRow(allocation: Allocation): typeof allocations.$inferInsert {
  return {
    allocationId: allocation.allocationId,
    raffleEventId: allocation.raffleEventId,
    mode: allocation.mode,
    firstIndex: allocation.indices.from,
    endIndex: allocation.indices.to,
    nextIndex: allocation.indices.from,
    numbers: allocation.mode === 'random' ? allocation.numbers : null,
  };
}

function blockRow(block: StoredValidationBlock): typeof validationBlocks.$inferInsert {
  return {
    validationBlockId: block.validationBlockId,
    raffleEventId: block.raffleEventId,
    prefix: block.prefix,
    size: block.size,
    expiresAt: block.expiresAt,
    wrappedKey: block.wrappedKey,
    nextSequence: 1,
  };
}
