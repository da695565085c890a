import type { RaffleEventRow, TerminalRows } from '#main/ports/terminal-rows.ts';
import type { ClockRules } from '#shared/domain/trusted-clock.ts';
import { addMilliseconds, type Instant } from '#shared/kernel/instant.ts';

const MS_PER_MINUTE = 60_000;
/** How far past every sale a supervisor may confirm a time where no profile holds, in milliseconds. */
const MS_PER_DAY = 24 * 60 * MS_PER_MINUTE;

/**
 * What the raffle events of this till say of the clock. Anything goes where none is known.
 *
 * A supervisor may confirm a time up to the end of sales and, past it, by as much as the profile lets
 * the wall clock be ahead.
 */
export function clockRulesOf(
  rows: Pick<TerminalRows, 'device' | 'raffleEvent' | 'raffleEvents'>,
): ClockRules {
  const chosenId = rows.device()?.chosenRaffleEventId ?? null;
  const chosen = chosenId === null ? undefined : rows.raffleEvent(chosenId);
  const minutes = chosen?.raffleEvent.profile.maximumClockAheadMinutes;
  const maximumAheadMs = minutes === undefined ? null : minutes * MS_PER_MINUTE;
  const salesEnd = chosen?.endedAt === null ? chosen.raffleEvent.salesEnd : null;
  const lastSale = salesEnd ?? latestSalesEnd(rows.raffleEvents());
  const confirmableUntil =
    lastSale === null ? null : addMilliseconds(lastSale, maximumAheadMs ?? MS_PER_DAY);
  return { maximumAheadMs, salesEnd, confirmableUntil };
}

function latestSalesEnd(raffleEvents: readonly RaffleEventRow[]): Instant | null {
  const ends = raffleEvents.map(({ raffleEvent }) => raffleEvent.salesEnd);
  return ends.toSorted().at(-1) ?? null;
}
