import type { JournalReader } from '#main/ports/journal-reader.ts';
import type { ChainStanding } from '#shared/contract/central/journal.ts';

/**
 * How the central's copy of a chain relates to the till's.
 *
 * - `ancestor`: the till has every entry that the central has, and perhaps more
 * - `ahead`: the central has come further than the till, which has lost entries or is a copy
 * - `other-branch`: both have an entry at the high water, and they differ
 */
export type StandingJudgement = 'ancestor' | 'ahead' | 'other-branch';

/** Compares heads: the central's high water with the till's own entry of the same seq. */
export function judgeStanding(
  journal: Pick<JournalReader, 'hashAt'>,
  standing: Pick<ChainStanding, 'highWaterSeq' | 'headHash'>,
): StandingJudgement {
  const ownHash = journal.hashAt(standing.highWaterSeq);
  if (ownHash === undefined) return 'ahead';
  return ownHash === standing.headHash ? 'ancestor' : 'other-branch';
}
