import type { View } from '#main/application/sale/selling-desk.ts';
import type { RaffleEventRow } from '#main/ports/terminal-rows.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import { type Instant, millisecondsBetween } from '#shared/kernel/instant.ts';

/** How long before its sales start another raffle event is offered on a till that is done with one. */
const OFFERED_BEFORE_MS = 12 * 3_600_000;
/** How long a till that is done shows that everything is sent, so that it can be cashed in. */
const CLOSED_SHOWN_MS = 30 * 60_000;

/** The raffle events that may be chosen: those whose sales are not over. */
export function choicesOf({ rows, at }: View): RaffleEventRow[] {
  return rows.raffleEvents().filter(({ raffleEvent, endedAt }) => {
    const isOpen = raffleEvent.state !== 'closed' && raffleEvent.state !== 'cancelled';
    return isOpen && endedAt === null && at < raffleEvent.salesEnd;
  });
}

/**
 * Why no other raffle event may be chosen now; `undefined` if one may.
 *
 * Refuses with `raffle-event.still-on-sale` while the chosen one is not over, and with
 * `terminal.holds-unsent-sales` until the central has everything and counts the same.
 */
export function choiceRefusal(view: View): Failure | undefined {
  const { rows, notes } = view;
  const chosen = chosenRow(view);
  if (chosen === undefined) return undefined;
  if (chosen.endedAt === null) return failure('raffle-event.still-on-sale');
  const { unsentOrderCount } = rows.orderCounts(chosen.raffleEvent.raffleEventId);
  if (unsentOrderCount === 0 && notes.sync().isAgreed) return undefined;
  return failure('terminal.holds-unsent-sales', { unsentOrderCount });
}

/** Whether the whole screen is about choosing a raffle event, while nobody is signed in. */
export function isChoiceDue(view: View): boolean {
  const chosen = chosenRow(view);
  if (chosen === undefined) return true;
  if (chosen.endedAt === null || choiceRefusal(view) !== undefined) return false;
  const isShownLongEnough = millisecondsBetween(chosen.endedAt, view.at) >= CLOSED_SHOWN_MS;
  return isShownLongEnough && choicesOf(view).some((row) => isSoon(row, view.at));
}

function isSoon({ raffleEvent }: RaffleEventRow, at: Instant): boolean {
  return millisecondsBetween(at, raffleEvent.salesStart) <= OFFERED_BEFORE_MS;
}

function chosenRow({ rows }: View): RaffleEventRow | undefined {
  const chosen = rows.device()?.chosenRaffleEventId ?? null;
  return chosen === null ? undefined : rows.raffleEvent(chosen);
}
