import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';

type ClockDoubt = NonNullable<Snapshot['clock']['doubt']>;

/** Why a supervisor is asked for the time. */
export const CLOCK_DOUBT_WORDS = {
  'behind-watermark': 'The clock shows a time that this till has already passed.',
  'too-far-ahead': 'The clock is far ahead of when this till last ran.',
  'disagrees-with-wall': 'The clock was set to another time while the till was running.',
  'not-confirmed':
    'By this clock sales are over, but nobody has confirmed it since the till started.',
} as const satisfies Readonly<Record<ClockDoubt, string>>;
