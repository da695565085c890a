import type { JournalReader } from '#main/ports/journal-reader.ts';
import type { Heartbeat } from '#shared/contract/central/heartbeats.ts';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import { parseSha256 } from '#shared/kernel/hash.ts';
import { invariant } from '#shared/kernel/invariant.ts';

/**
 * What the till says of itself. It speaks only of entries up to `flushedSeq`: later ones have not
 * reached the second copy, and nothing leaves the till before they have.
 */
export function composeHeartbeat(
  journal: JournalReader,
  {
    software,
    flushedSeq,
    sentSeq,
  }: {
    readonly software: Software;
    readonly flushedSeq: number;
    readonly sentSeq: number;
  },
): Heartbeat {
  const headSeq = Math.min(flushedSeq, journal.head().seq);
  const headHash = parseSha256(journal.hashAt(headSeq) ?? '');
  invariant(headHash !== undefined, `the journal has no entry ${headSeq} below its head`);
  return {
    software,
    raffleEventId: journal.device()?.chosenRaffleEventId ?? null,
    operatorId: journal.signedInOperator(),
    headSeq,
    headHash,
    unsentEntries: Math.max(0, headSeq - sentSeq),
    totals: journal.totalsAt(headSeq),
  };
}
