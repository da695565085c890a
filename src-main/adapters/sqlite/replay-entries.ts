import type { SignatureVerifier } from '#main/ports/keys.ts';
import { type ChainPlace, walkChain } from '#shared/contract/journal/chain-walk.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { type SealedEntry, unpackEntry } from '#shared/contract/journal/sealed-entry.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { createChainRows } from './chain-rows.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { WritableDatabase } from './open-database.ts';

/**
 * Keeps entries that were frozen earlier, in order after the head, and makes the rows follow.
 *
 * Only inside a transaction. Throws `IntegrityFault` at the first entry that does not continue the
 * chain, is not signed as its kind demands, or cannot be read by this program.
 */
export function replayEntries(
  database: WritableDatabase,
  writer: JournalWriter,
  verifier: SignatureVerifier,
  entries: Iterable<JournalEntry>,
): ChainPlace | undefined {
  const walk = walkChain(createChainRows(database).place(), verifier.isSignedBy);
  for (const entry of entries) {
    const sealed = unpackEntry(entry);
    const next = walk.next(sealed);
    if (!next.ok) throw faultAt(sealed, next.failure);
    if (!next.value.ok) throw faultAt(sealed, next.value.failure);
    const { chainId: _, ...place } = sealed;
    writer.keep({ ...place, kind: next.value.value.kind }, next.value.value);
  }
  return walk.place();
}

function faultAt({ seq }: SealedEntry, reason: string): IntegrityFault {
  return new IntegrityFault(`entry ${seq} cannot be taken back: ${reason}`);
}
