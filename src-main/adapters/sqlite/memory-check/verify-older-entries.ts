import { setTimeout } from 'node:timers/promises';
import type { SignatureVerifier } from '#main/ports/keys.ts';
import { genesisHash } from '#shared/domain/journal-chain.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { createChainRows } from '../chain-rows.ts';
import type { AnyDatabase } from '../open-database.ts';
import { findCheckStart } from './find-check-start.ts';
import { createEntryFollower } from './follow-entries.ts';
import { rowsBetween } from './rows-between.ts';

/** Short enough that a tap is not held up: about 4 ms of work. */
const ENTRIES_PER_TURN = 20;

/** Long enough that the check takes a fifth of one core at most. */
const PAUSE_MS = 16;

/**
 * Checks the entries before the last checkpoint, which the check before selling takes from it: chain,
 * signatures, and the rows of each sale. Meant to run while the till sells; it gives way often.
 *
 * Answers with the number of entries. Rejects with `IntegrityFault` at the first that is wrong.
 */
export async function verifyOlderEntries(
  database: AnyDatabase,
  verifier: SignatureVerifier,
): Promise<number> {
  const start = findCheckStart(database);
  if (start === undefined || start.head.seq === 0) return 0;
  const { chainId, devicePublicKey, head } = start;
  const genesis = { seq: 0, hash: genesisHash(chainId, devicePublicKey) };
  const follower = createEntryFollower(database, verifier, {
    chainId,
    devicePublicKey,
    head: genesis,
  });
  for (const row of rowsBetween(database, 0, head.seq)) {
    follower.next(row);
    if (row.seq % ENTRIES_PER_TURN === 0) await setTimeout(PAUSE_MS, undefined, { ref: false });
  }
  if (createChainRows(database).hashAt(head.seq) !== head.hash) {
    throw new IntegrityFault(`entry ${head.seq} is not the one that the checkpoint follows`);
  }
  return head.seq;
}
