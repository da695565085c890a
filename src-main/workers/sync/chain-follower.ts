import type { JournalUploadAnswer } from '#main/adapters/central/http-central.ts';
import type { CentralProblem } from '#main/ports/central-client.ts';
import {
  type ChainStanding,
  MOST_BYTES_PER_UPLOAD,
  type Verdict,
} from '#shared/contract/central/journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { createBatchSize } from './batch-size.ts';
import { findBranch } from './find-branch.ts';
import { judgeStanding } from './judge-standing.ts';
import type { SyncParties } from './parties.ts';
import { recoverLostEntries } from './recover-lost-entries.ts';

/**
 * How the till's chain and the central's copy of it stand to each other.
 *
 * - `uncompared`: not known, or not known any more
 * - `agreed`: the central has everything up to `sentSeq`
 * - `awaiting-adoption`: lost entries were delivered; the till has not written them yet
 * - `forked`: this till is a copy; its own branch has been delivered up to `sentSeq`
 */
type Course =
  | { readonly kind: 'uncompared' }
  | { readonly kind: 'agreed'; readonly sentSeq: number }
  | { readonly kind: 'awaiting-adoption'; readonly throughSeq: number; readonly sinceMs: number }
  | { readonly kind: 'forked'; readonly sentSeq: number };

/** How an upload round ended: `stuck` when the central answers and its high water does not rise. */
export type UploadEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'stuck' }
  | { readonly kind: 'failed'; readonly problem: CentralProblem };

/** Keeps the central's copy of the chain in step with the till's. */
export interface ChainFollower {
  /** Compares heads if that has not been done since the last `compareAgain`. */
  compareOnce(): Promise<CentralProblem | undefined>;
  /** Sends what the central lacks up to `throughSeq`. */
  upload(throughSeq: number): Promise<UploadEnd>;
  /** When to look whether lost entries have been written; infinitely late when none are awaited. */
  dueAtMs(): number;
  /** What is known of the central's copy may no longer hold. */
  compareAgain(): void;
  hasUnsent(throughSeq: number): boolean;
  /** The central's high water as last known. */
  sentSeq(): number;
}

/** Follows the chain of `parties.journal`. The central's high water wins, forward and back. */
export function createChainFollower(parties: SyncParties): ChainFollower {
  const { journal, clock, pace, tell } = parties;
  const batchSize = createBatchSize();
  let course: Course = { kind: 'uncompared' };
  let sentSeq = journal.acknowledgedSeq();

  function take(next: Course): undefined {
    course = next;
    if (next.kind === 'agreed' || next.kind === 'forked') sentSeq = next.sentSeq;
  }

  async function followStanding(
    standing: ChainStanding,
    verdicts: readonly Verdict[],
  ): Promise<CentralProblem | undefined> {
    const judgement = judgeStanding(journal, standing);
    if (judgement === 'ahead') return await takeBackLostEntries(standing);
    if (judgement === 'other-branch') return await takeBranch(standing.highWaterSeq);
    tell({ kind: 'standing', standing: plainStanding(standing), verdicts });
    return take({ kind: 'agreed', sentSeq: standing.highWaterSeq });
  }

  async function takeBackLostEntries(standing: ChainStanding): Promise<CentralProblem | undefined> {
    const recovery = await recoverLostEntries(parties, standing);
    if (!recovery.ok) return recovery.failure;
    const { value } = recovery;
    if (value.kind === 'other-branch') return await takeBranch(value.differsAtSeq);
    const sinceMs = clock.monotonicMs();
    return take({ kind: 'awaiting-adoption', throughSeq: value.throughSeq, sinceMs });
  }

  async function takeBranch(differsAtSeq: number): Promise<CentralProblem | undefined> {
    const seq = await findBranch(parties, differsAtSeq);
    if (!seq.ok) return seq.failure;
    tell({ kind: 'forked', seq: seq.value });
    return take({ kind: 'forked', sentSeq: seq.value - 1 });
  }

  /** Entries that the till has not written after a while are looked for again. */
  function isComparisonDue(): boolean {
    if (course.kind !== 'awaiting-adoption') return course.kind === 'uncompared';
    return journal.head().seq >= course.throughSeq || clock.monotonicMs() >= dueAtMs();
  }

  function dueAtMs(): number {
    if (course.kind !== 'awaiting-adoption') return Number.POSITIVE_INFINITY;
    return course.sinceMs + pace.deliveryRetryMs;
  }

  async function compareOnce(): Promise<CentralProblem | undefined> {
    if (!isComparisonDue()) return undefined;
    const head = await parties.central().journalHead();
    return head.ok ? await followStanding(head.value.answer, []) : head.failure;
  }

  async function follow(
    sent: readonly JournalEntry[],
    answer: JournalUploadAnswer,
  ): Promise<CentralProblem | undefined> {
    const forkedAt = course.kind === 'forked' ? undefined : firstForked(answer.verdicts);
    if (course.kind !== 'forked' && forkedAt === undefined) {
      return await followStanding(answer, answer.verdicts);
    }
    if (forkedAt !== undefined) tell({ kind: 'forked', seq: forkedAt });
    return take({ kind: 'forked', sentSeq: lastJudged(sent, answer.verdicts) ?? sentSeq });
  }

  /** Sends one batch after `after`; `undefined` if it arrived, or a smaller one should be tried. */
  async function sendBatch(after: number, through: number): Promise<CentralProblem | undefined> {
    const entries = journal.entries({
      after,
      through,
      mostEntries: batchSize.mostEntries(),
      mostBytes: MOST_BYTES_PER_UPLOAD,
    });
    const result = await parties.central().uploadEntries(entries);
    if (!result.ok) {
      batchSize.hasFailed();
      return canBeHalved(result.failure, entries) ? undefined : result.failure;
    }
    batchSize.hasSucceeded();
    return await follow(entries, result.value.answer);
  }

  async function upload(throughSeq: number): Promise<UploadEnd> {
    for (;;) {
      const before = course;
      if (before.kind !== 'agreed' && before.kind !== 'forked') return { kind: 'done' };
      if (before.sentSeq >= throughSeq) return { kind: 'done' };
      const size = batchSize.mostEntries();
      const problem = await sendBatch(before.sentSeq, throughSeq);
      if (problem !== undefined) return { kind: 'failed', problem };
      if (batchSize.mostEntries() < size) continue;
      if (!hasMoved(before, course)) return { kind: 'stuck' };
    }
  }

  return {
    compareOnce,
    upload,
    dueAtMs,
    compareAgain() {
      if (course.kind !== 'forked') course = { kind: 'uncompared' };
    },
    hasUnsent: (throughSeq) => sentSeq < throughSeq,
    sentSeq: () => sentSeq,
  };
}

function canBeHalved(problem: CentralProblem, entries: readonly JournalEntry[]): boolean {
  const isTooLarge = problem.kind === 'refused' && problem.code === 'request.too-large';
  return isTooLarge && entries.length > 1;
}

/** Whether there is anything more to do than send the same batch again. */
function hasMoved(before: Extract<Course, { sentSeq: number }>, after: Course): boolean {
  return after.kind !== before.kind || after.sentSeq > before.sentSeq;
}

/** The standing alone, without what else its answer carried. */
function plainStanding({ highWaterSeq, headHash, totals }: ChainStanding): ChainStanding {
  return { highWaterSeq, headHash, totals };
}

/** The first entry that the central holds as part of a second branch. */
function firstForked(verdicts: readonly Verdict[]): number | undefined {
  const forked = verdicts.filter(
    (verdict) => verdict.verdict === 'quarantined' && verdict.reason === 'chain-forked',
  );
  return forked.length === 0 ? undefined : Math.min(...forked.map((verdict) => verdict.seq));
}

/** The highest seq of `sent` that the central has judged. */
function lastJudged(
  sent: readonly JournalEntry[],
  verdicts: readonly Verdict[],
): number | undefined {
  const judged = new Set(verdicts.map((verdict) => verdict.hash));
  return sent.findLast((entry) => judged.has(entry.hash))?.seq;
}
