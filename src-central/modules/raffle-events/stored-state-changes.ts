import { isStateChangeAllowed } from '#shared/domain/raffle-event-state.ts';
import type { StoredRaffleEventState } from '../../db/schema/raffle-events.ts';
import { stateForTills } from '../devices/control.ts';

/** What the central records after the end of sales, in order. Tills see none of it. */
const AFTER_THE_END: readonly StoredRaffleEventState[] = [
  'closing',
  'closed',
  'reconciled',
  'drawn',
];

/**
 * Whether a raffle event may go from one stored state straight to another. For states that tills
 * know, the rule that tills share; after the end of sales, one step at a time.
 */
export function isStoredStateChangeAllowed(
  from: StoredRaffleEventState,
  to: StoredRaffleEventState,
): boolean {
  const step = AFTER_THE_END.indexOf(to);
  if (AFTER_THE_END.includes(from)) return step > 0 && AFTER_THE_END[step - 1] === from;
  return step <= 1 && isStateChangeAllowed(stateForTills(from), stateForTills(to));
}
