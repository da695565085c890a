import type { Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import type { ChainStanding, Verdict } from '#shared/contract/central/journal.ts';

/**
 * Takes note of how far the central has the chain, and compares orders and money up to there.
 *
 * "All sent" may be said only where both sides count the same; a difference is journaled once. A
 * standing beyond this till's head says nothing yet: what was lost comes first.
 */
export function createReceiveStanding(dependencies: {
  readonly unitOfWork: Pick<UnitOfWork, 'rows' | 'note'>;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
}): (standing: ChainStanding, verdicts: readonly Verdict[]) => Promise<void> {
  const { unitOfWork, ledger } = dependencies;
  let hasNotedDifference = false;
  return async (standing, verdicts) => {
    const { rows } = unitOfWork;
    if (standing.highWaterSeq > rows.head().seq) return;
    const isAgreed = agrees(rows, standing);
    unitOfWork.note((notes) => notes.saveStanding(standing, verdicts, isAgreed));
    const isNews = !isAgreed && !hasNotedDifference;
    hasNotedDifference = !isAgreed;
    if (!isNews) return;
    const { orderCount, grossMinor } = rows.totalsAt(standing.highWaterSeq);
    await ledger.recordByItself(
      'significant-event.noted',
      significantEvent('totals.disagree', {
        seq: standing.highWaterSeq,
        here: { orderCount, grossMinor },
        central: {
          orderCount: standing.totals.orderCount,
          grossMinor: standing.totals.grossMinor,
        },
      }),
    );
  };
}

function agrees(
  rows: Pick<TerminalRows, 'totalsAt'>,
  { highWaterSeq, totals }: ChainStanding,
): boolean {
  const here = rows.totalsAt(highWaterSeq);
  return here.orderCount === totals.orderCount && here.grossMinor === totals.grossMinor;
}
