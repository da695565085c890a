import type { DisplayPicture, PublicJackpot } from '#shared/contract/central/public.ts';
import { currencyExponent } from '#shared/kernel/money.ts';
import type { Central } from '../../central.ts';
import { serverTime } from '../devices/control.ts';
import { findPublicRaffleEvent, type KnownRaffleEvent, readPublicResults } from './raffle-event.ts';

/** What the prizes of a raffle event are worth now. */
export function describeJackpot(
  central: Central,
  { facts, prizes }: KnownRaffleEvent,
): PublicJackpot {
  return {
    eventIdentifier: facts.eventIdentifier,
    currency: facts.currency,
    asOf: serverTime(central),
    prizes: prizes.map(({ prizeId, name, winnerCount, value, isAtCap }) => ({
      prizeId,
      name,
      winnerCount,
      valueMinor: value.minor,
      isAtCap,
    })),
  };
}

/** All that a display at the venue shows of a raffle event; `undefined` if there is none. */
export async function readPicture(
  central: Central,
  eventIdentifier: string,
): Promise<DisplayPicture | undefined> {
  const known = await findPublicRaffleEvent(central, eventIdentifier);
  if (known === undefined) return undefined;
  return {
    raffleEvent: known.facts,
    jackpot: describeJackpot(central, known),
    results: await readPublicResults(central.database, known.raffleEventId),
    minorDigits: currencyExponent(known.facts.currency),
    serverTime: serverTime(central),
  };
}
