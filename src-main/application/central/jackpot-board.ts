import type { Jackpot } from '#shared/contract/mirror/raffle-event.ts';

/** The last prize the central told of. Not journaled: losing it loses nothing. */
export interface JackpotBoard {
  current(): Jackpot | null;
  show(jackpot: Jackpot | null): void;
}

/** A board that shows nothing yet. */
export function createJackpotBoard(): JackpotBoard {
  let current: Jackpot | null = null;
  return {
    current: () => current,
    show(jackpot) {
      current = jackpot;
    },
  };
}
