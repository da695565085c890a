import type { SignatureVerifier } from '#main/ports/keys.ts';
import { type WalkedEntry, walkChain } from '#shared/contract/journal/chain-walk.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { unpackEntry } from '#shared/contract/journal/sealed-entry.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { createChainRows } from './chain-rows.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { WritableDatabase } from './open-database.ts';

/**
 * Keeps an entry that was frozen and checked earlier, and makes the rows follow.
 *
 * Only inside a transaction. Throws `IntegrityFault` on an entry that this program cannot read.
 */
export function replayEntry(writer: JournalWriter, { entry, reading }: WalkedEntry): void {
  if (!reading.ok) throw faultAt(entry.seq, reading.failure);
  const { chainId: _, ...place } = entry;
  writer.keep({ ...place, kind: reading.value.kind }, reading.value);
}

/**
 * Checks entries as the next of the database's chain and keeps them.
 *
 * Only inside a transaction. Throws `IntegrityFault` at the first entry that does not continue the
 * chain, is not signed as its kind demands, or cannot be read.
 */
export function adoptEntries(
  database: WritableDatabase,
  writer: JournalWriter,
  verifier: SignatureVerifier,
  entries: readonly JournalEntry[],
): void {
  const walk = walkChain(createChainRows(database).place(), verifier.isSignedBy);
  for (const entry of entries) {
    const next = walk.next(unpackEntry(entry));
    if (!next.ok) throw faultAt(entry.seq, next.failure);
    replayEntry(writer, next.value);
  }
}

function faultAt(seq: number, reason: string): IntegrityFault {
  return new IntegrityFault(`entry ${seq} cannot be taken back: ${reason}`);
}
