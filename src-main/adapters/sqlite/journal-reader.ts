import { asc, eq, sql } from 'drizzle-orm';
import type { JournalReader } from '#main/ports/journal-reader.ts';
import type { HoldingsReport } from '#shared/contract/central/allocations.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { createChainRows } from './chain-rows.ts';
import { createDeviceRows } from './device-rows.ts';
import { openReadOnlyDatabase, type ReadOnlyDatabase } from './open-database.ts';
import { allocations, device, mirror, syncNotes, validationBlocks } from './schema.ts';

/** How many entries are read at once while a range is filled up to its limit of bytes. */
const ENTRIES_AT_ONCE = 100;

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
  const version = database.orm
    .select({ mirrorVersion: mirror.mirrorVersion })
    .from(mirror)
    .prepare();
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
    entries: (range) => [...takeWithin(range, chain.entriesAfter)],
    acknowledgedSeq: () => acknowledged.get()?.acknowledgedSeq ?? 0,
    mirrorVersion: () => version.get()?.mirrorVersion,
    signedInOperator: () => signedIn.get()?.operatorId ?? null,
    close: () => {
      database.client.close();
    },
  };
}

/** The first entry of a range always fits; the others as far as both limits let them. */
function* takeWithin(
  range: Parameters<JournalReader['entries']>[0],
  entriesAfter: (after: number, most: number) => readonly JournalEntry[],
): Generator<JournalEntry> {
  let after = range.after;
  let entriesLeft = Math.min(range.mostEntries, range.through - range.after);
  let bytesLeft = range.mostBytes;
  while (entriesLeft > 0) {
    const entries = entriesAfter(after, Math.min(entriesLeft, ENTRIES_AT_ONCE));
    if (entries.length === 0) return;
    for (const entry of entries) {
      const isFirst = after === range.after;
      bytesLeft -= bodyBytes(entry);
      if (bytesLeft < 0 && !isFirst) return;
      yield entry;
      after = entry.seq;
      entriesLeft -= 1;
    }
  }
}

/** The bytes that the Base64 of an entry's body stands for. */
function bodyBytes({ body }: JournalEntry): number {
  return Buffer.byteLength(body, 'base64');
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
