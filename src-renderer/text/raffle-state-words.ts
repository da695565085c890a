import type { RaffleEventState } from '#shared/contract/mirror/raffle-event.ts';

/** What the states of a raffle event are called at the counter. */
export const RAFFLE_STATE_WORDS = {
  created: 'not open yet',
  active: 'open',
  suspended: 'stopped for now',
  closed: 'closed',
  cancelled: 'cancelled',
} as const satisfies Readonly<Record<RaffleEventState, string>>;
