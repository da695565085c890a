import type { Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { SyncLink } from '#main/ports/sync-link.ts';
import type { RaffleEventRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import { type Holdings, holdingsOf } from './holdings.ts';
import type { SellingDesk } from './selling-desk.ts';

type Level = 'enough' | 'low' | 'exhausted';

/**
 * Asks the central for more numbers while few are left, and journals once that they are low, and
 * once that the smallest package no longer fits.
 *
 * To be called whenever numbers were sold or received.
 */
export function createNumbersWatch(dependencies: {
  readonly rows: TerminalRows;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
  readonly sync: Pick<SyncLink, 'requestNumbers'>;
  readonly desk: Pick<SellingDesk, 'raffleEvent'>;
}): () => Promise<void> {
  const { rows, ledger, sync, desk } = dependencies;
  let noted: Level = 'enough';
  return async () => {
    const row = desk.raffleEvent(rows);
    if (row === undefined || row.endedAt !== null) return;
    const { raffleEventId } = row.raffleEvent;
    const held = rows.allocations(raffleEventId);
    const holdings = holdingsOf(held, rows.validationBlocks(raffleEventId));
    const level = levelOf(row, holdings);
    if (level !== 'enough') sync.requestNumbers(raffleEventId);
    const before = noted;
    noted = level;
    // A till that has not been dealt anything yet has run out of nothing.
    if (level === before || level === 'enough' || held.length === 0) return;
    if (level === 'low' && before === 'exhausted') return;
    const { drawNumbersLeft, validationNumbersLeft } = holdings;
    await ledger.recordByItself(
      'significant-event.noted',
      significantEvent(level === 'low' ? 'numbers.low' : 'numbers.exhausted', {
        raffleEventId,
        drawNumbersLeft,
        validationNumbersLeft,
      }),
    );
  };
}

function levelOf({ raffleEvent }: RaffleEventRow, holdings: Holdings): Level {
  const smallest = Math.min(...raffleEvent.packages.map(({ numberCount }) => numberCount));
  const isExhausted = holdings.drawNumbersLeft < smallest || holdings.validationNumbersLeft === 0;
  if (isExhausted) return 'exhausted';
  return holdings.isLow ? 'low' : 'enough';
}
