import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import type { ClockRules } from '#shared/domain/trusted-clock.ts';

const MS_PER_MINUTE = 60_000;

/** What the chosen raffle event's profile says of the clock; anything goes where none is chosen. */
export function clockRulesOf(rows: Pick<TerminalRows, 'device' | 'raffleEvent'>): ClockRules {
  const chosen = rows.device()?.chosenRaffleEventId ?? null;
  const profile = chosen === null ? undefined : rows.raffleEvent(chosen)?.raffleEvent.profile;
  const minutes = profile?.maximumClockAheadMinutes;
  return { maximumAheadMs: minutes === undefined ? null : minutes * MS_PER_MINUTE };
}
