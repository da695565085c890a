import type { CentralProblem } from '#main/ports/central-client.ts';
import type { ChainStanding } from '#shared/contract/central/journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { type ChainHead, findChainBreak } from '#shared/domain/journal-chain.ts';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { SyncParties } from './parties.ts';

/** What came of asking for lost entries: how far they were delivered, or where the till is a copy. */
export type Recovery =
  | { readonly kind: 'delivered'; readonly throughSeq: number }
  | { readonly kind: 'other-branch'; readonly differsAtSeq: number };

/**
 * Fetches the entries after the till's head up to the central's high water, and tells of them page by
 * page, in order. A page is told of only if it continues the till's own chain.
 */
export async function recoverLostEntries(
  { central, journal, tell }: SyncParties,
  standing: Pick<ChainStanding, 'highWaterSeq'>,
): Promise<Result<Recovery, CentralProblem>> {
  const ownHead = journal.head();
  let head: ChainHead = ownHead;
  while (head.seq < standing.highWaterSeq) {
    const page = await central().downloadEntries(head.seq);
    if (!page.ok) return page;
    const { entries } = page.value.answer;
    if (head === ownHead && entries[0] !== undefined && entries[0].previousHash !== head.hash) {
      return ok({ kind: 'other-branch', differsAtSeq: ownHead.seq });
    }
    const last = lastOfChain(head, entries);
    if (last === undefined) return refuse(BROKEN_DOWNLOAD);
    tell({ kind: 'lost-entries', entries });
    head = last;
  }
  return ok({ kind: 'delivered', throughSeq: head.seq });
}

const BROKEN_DOWNLOAD: CentralProblem = {
  kind: 'transport',
  detail: 'the central sent entries that do not continue the chain',
};

/** The last of `entries` if there are any and all continue the chain from `head`. */
function lastOfChain(head: ChainHead, entries: readonly JournalEntry[]): ChainHead | undefined {
  let last: ChainHead | undefined;
  for (const entry of entries) {
    const body = fromBase64(entry.body);
    invariant(body !== undefined, 'the schema lets canonical Base64 through only');
    if (findChainBreak(last ?? head, { ...entry, body }) !== undefined) return undefined;
    last = { seq: entry.seq, hash: entry.hash };
  }
  return last;
}
