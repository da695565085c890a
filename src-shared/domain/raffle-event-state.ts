/** Where a raffle event stands. Only `active` sells. */
export type RaffleEventStanding = 'created' | 'active' | 'suspended' | 'closed' | 'cancelled';

const NEXT: Readonly<Record<RaffleEventStanding, readonly RaffleEventStanding[]>> = {
  created: ['active', 'cancelled'],
  active: ['suspended', 'closed', 'cancelled'],
  suspended: ['active', 'closed', 'cancelled'],
  closed: [],
  cancelled: [],
};

/** Whether a raffle event may go from one state straight to another: the rule at the central. */
export function isStateChangeAllowed(from: RaffleEventStanding, to: RaffleEventStanding): boolean {
  return NEXT[from].includes(to);
}

/**
 * Whether a raffle event last seen in `from` may be in `to` now: the rule at a till, which may have
 * missed the steps between. True for the same state.
 */
export function isStateReachable(from: RaffleEventStanding, to: RaffleEventStanding): boolean {
  const seen = new Set<RaffleEventStanding>([from]);
  for (const state of seen) {
    for (const next of NEXT[state]) seen.add(next);
  }
  return seen.has(to);
}
