import { asc, eq, gt, sql } from 'drizzle-orm';
import type { JournalReader } from '#main/ports/journal-reader.ts';
import type { HoldingsReport } from '#shared/contract/central/allocations.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { createChainRows } from './chain-rows.ts';
import { createDeviceRows } from './device-rows.ts';
import { openReadOnlyDatabase, type ReadOnlyDatabase } from './open-database.ts';
import { allocations, device, journal, mirror, syncNotes, validationBlocks } from './schema.ts';

/**
 * The sync worker's view of the till's database: a connection of its own that cannot write.
 *
 * Throws if there is no database at `databasePath`.
 */
export function createJournalReader(databasePath: string): JournalReader {
  const database = openReadOnlyDatabase(databasePath);
  const chain = createChainRows(database);
  const acknowledged = database.orm
    .select({ acknowledgedSeq: syncNotes.acknowledgedSeq })
    .from(syncNotes)
    .prepare();
  const countEntries = createEntryCounter(database);
  const findMirror = database.orm.select().from(mirror).prepare();
  const signedIn = database.orm
    .select({ operatorId: device.signedInOperatorId })
    .from(device)
    .prepare();

  return {
    ...createDeviceRows(database),
    ...createHoldings(database),
    head: chain.head,
    hashAt: chain.hashAt,
    totalsAt: chain.totalsAt,
    entries: (range) => chain.entriesAfter(range.after, countEntries(range)),
    acknowledgedSeq: () => acknowledged.get()?.acknowledgedSeq ?? 0,
    mirror: () => {
      const row = findMirror.get();
      return row && { mirrorVersion: row.mirrorVersion, asOf: row.content.asOf };
    },
    signedInOperator: () => signedIn.get()?.operatorId ?? null,
    close: () => {
      database.client.close();
    },
  };
}

/** Finds how many entries of a range fit. The first always does; the others within both limits. */
function createEntryCounter(
  database: ReadOnlyDatabase,
): (range: Parameters<JournalReader['entries']>[0]) => number {
  const listSizes = database.orm
    .select({ bytes: sql<number>`length(${journal.body})` })
    .from(journal)
    .where(gt(journal.seq, sql.placeholder('after')))
    .orderBy(asc(journal.seq))
    .limit(sql.placeholder('most'))
    .prepare();
  return ({ after, through, mostEntries, mostBytes }) => {
    const most = Math.max(0, Math.min(mostEntries, through - after));
    const sizes = listSizes.all({ after, most });
    let bytesLeft = mostBytes;
    const tooMany = sizes.findIndex(({ bytes }, index) => {
      bytesLeft -= bytes;
      return index > 0 && bytesLeft < 0;
    });
    return tooMany === -1 ? sizes.length : tooMany;
  };
}

function createHoldings(
  database: ReadOnlyDatabase,
): Pick<JournalReader, 'holdings' | 'numbersLeft'> {
  const listAllocations = database.orm
    .select({
      allocationId: allocations.allocationId,
      raffleEventId: allocations.raffleEventId,
      from: allocations.firstIndex,
      to: allocations.endIndex,
      nextIndex: allocations.nextIndex,
    })
    .from(allocations)
    .orderBy(asc(allocations.ordinal))
    .prepare();
  const listBlocks = database.orm
    .select({
      validationBlockId: validationBlocks.validationBlockId,
      raffleEventId: validationBlocks.raffleEventId,
      prefix: validationBlocks.prefix,
      nextSequence: validationBlocks.nextSequence,
    })
    .from(validationBlocks)
    .orderBy(asc(validationBlocks.ordinal))
    .prepare();
  const countNumbers = database.orm
    .select({
      left: sql<number>`coalesce(sum(${allocations.endIndex} - ${allocations.nextIndex}), 0)`,
    })
    .from(allocations)
    .where(eq(allocations.raffleEventId, sql.placeholder('raffleEventId')))
    .prepare();
  const countValidationNumbers = database.orm
    .select({
      left: sql<number>`coalesce(sum(${validationBlocks.size} + 1 - ${validationBlocks.nextSequence}), 0)`,
    })
    .from(validationBlocks)
    .where(eq(validationBlocks.raffleEventId, sql.placeholder('raffleEventId')))
    .prepare();

  return {
    holdings: (): HoldingsReport => ({
      allocations: listAllocations
        .all()
        .map(({ from, to, ...allocation }) => ({ ...allocation, indices: { from, to } })),
      validationBlocks: listBlocks.all(),
    }),
    numbersLeft: (raffleEventId: RaffleEventId) => ({
      drawNumbers: countNumbers.get({ raffleEventId })?.left ?? 0,
      validationNumbers: countValidationNumbers.get({ raffleEventId })?.left ?? 0,
    }),
  };
}
