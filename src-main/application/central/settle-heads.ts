import type { Ledger } from '#main/application/ledger.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { ChainStanding } from '#shared/contract/central/journal.ts';
import type { HeadsComparison } from './heads-comparison.ts';

/**
 * Looks whether the central's head is one that this till has, which ends a comparison; but not where
 * the till is known to have come further than both: what lies between may have been printed.
 *
 * Returns false if the central holds another entry where this chain has its last: the chain is forked.
 */
export function createSettleHeads(dependencies: {
  readonly rows: Pick<TerminalRows, 'head' | 'hashAt'>;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
  readonly comparison: HeadsComparison;
  /** Called once entries may be appended, before anything else is. */
  onSettled(): Promise<void>;
}): (standing: ChainStanding) => Promise<boolean> {
  const { rows, ledger, comparison } = dependencies;
  return async ({ highWaterSeq, headHash }) => {
    const head = rows.head();
    if (highWaterSeq > head.seq) return true;
    if (highWaterSeq === head.seq && headHash !== head.hash) return false;
    if (!comparison.isPending()) return true;
    const awaited = comparison.awaitedHead();
    if (awaited !== undefined && rows.hashAt(awaited.seq) !== awaited.hash) {
      comparison.noteNotFound();
      return true;
    }
    const recovered = comparison.finish();
    await dependencies.onSettled();
    if (recovered !== null) {
      await ledger.recordByItself('terminal.rebuilt', {
        source: 'central',
        recoveredThroughSeq: recovered.recoveredThroughSeq,
        reason: 'the central held entries that this till had lost',
      });
    }
    return true;
  };
}
