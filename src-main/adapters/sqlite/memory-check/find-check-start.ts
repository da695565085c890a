import { desc, eq, lte, sql } from 'drizzle-orm';
import type { ChainPlace } from '#shared/contract/journal/chain-walk.ts';
import { readEntryBody } from '#shared/contract/journal/entry-body.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import { genesisHash } from '#shared/domain/journal-chain.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { createChainRows, type JournalRow } from '../chain-rows.ts';
import type { AnyDatabase } from '../open-database.ts';
import { device, journal, orders } from '../schema.ts';

/**
 * Where a check before selling begins: just before the last checkpoint, which sums up and signs what
 * lies before it; before the first entry where there is none.
 *
 * The checkpoint itself is the first entry that the check then follows, signature and all. Answers
 * `undefined` before enrolment. Throws `IntegrityFault` if the rows before it contradict it.
 */
export function findCheckStart(database: AnyDatabase): ChainPlace | undefined {
  const enrolled = database.orm
    .select({ chainId: device.chainId, devicePublicKey: device.devicePublicKey })
    .from(device)
    .get();
  if (enrolled === undefined) return undefined;
  const found = findCheckpoint(database);
  if (found === undefined) {
    const hash = genesisHash(enrolled.chainId, enrolled.devicePublicKey);
    return { ...enrolled, head: { seq: 0, hash } };
  }
  assertTrue(database, found.seq, readCheckpoint(found));
  return { ...enrolled, head: { seq: found.seq - 1, hash: found.previousHash } };
}

function findCheckpoint(database: AnyDatabase): JournalRow | undefined {
  return database.orm
    .select()
    .from(journal)
    .where(eq(journal.kind, 'checkpoint.signed'))
    .orderBy(desc(journal.seq))
    .limit(1)
    .get();
}

function readCheckpoint({ seq, body }: JournalRow): EntryPayload<'checkpoint.signed'> {
  const reading = readEntryBody(body);
  if (!reading.ok || reading.value.kind !== 'checkpoint.signed') {
    throw new IntegrityFault(`the checkpoint in entry ${seq} cannot be read`);
  }
  return reading.value.payload;
}

function assertTrue(
  database: AnyDatabase,
  seq: number,
  checkpoint: EntryPayload<'checkpoint.signed'>,
): void {
  const counted = database.orm
    .select({
      orderCount: sql<number>`count(*)`,
      grossMinor: sql<number>`coalesce(sum(${orders.amountMinor}), 0)`,
    })
    .from(orders)
    .where(lte(orders.seq, checkpoint.throughSeq))
    .get();
  const isTrue =
    createChainRows(database).hashAt(checkpoint.throughSeq) === checkpoint.headHash &&
    counted?.orderCount === checkpoint.orderCount &&
    counted.grossMinor === checkpoint.grossMinor;
  if (!isTrue)
    throw new IntegrityFault(`what lies before entry ${seq} differs from its checkpoint`);
}
