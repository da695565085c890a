import {
  PUBLIC_ROUTES,
  publicJackpotSchema,
  publicRaffleEventParams,
  publicRaffleEventSchema,
  publicResultsSchema,
  publicSoftwareSchema,
} from '#shared/contract/central/public.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import { publicQuery } from '../../api/public-route.ts';
import type { Central } from '../../central.ts';
import type { SourceLimit } from '../../plugins/source-limits.ts';
import type { TypedApp } from '../../typed-app.ts';
import { describeJackpot } from './picture.ts';
import { findPublicRaffleEvent, type KnownRaffleEvent, readPublicResults } from './raffle-event.ts';
import { readSoftware } from './software.ts';

/** What anybody may know of a raffle event and of the programs that run it. */
export function registerPublic(routes: TypedApp, central: Central, limit: SourceLimit): void {
  publicQuery(routes, central, limit, {
    url: PUBLIC_ROUTES.raffleEvent,
    summary: 'A raffle event, as its tickets and posters tell of it',
    maxAgeSeconds: 15,
    params: publicRaffleEventParams,
    answer: publicRaffleEventSchema,
    read: async ({ eventIdentifier }) => {
      const known = await find(central, eventIdentifier);
      return known.ok ? ok(known.value.facts) : known;
    },
  });

  publicQuery(routes, central, limit, {
    url: PUBLIC_ROUTES.jackpot,
    summary: 'What its prizes are worth by the sales known at `asOf`',
    maxAgeSeconds: 2,
    params: publicRaffleEventParams,
    answer: publicJackpotSchema,
    read: async ({ eventIdentifier }) => {
      const known = await find(central, eventIdentifier);
      return known.ok ? ok(describeJackpot(central, known.value)) : known;
    },
  });

  publicQuery(routes, central, limit, {
    url: PUBLIC_ROUTES.results,
    summary: 'Its winning numbers, as soon as they are official',
    maxAgeSeconds: 5,
    params: publicRaffleEventParams,
    answer: publicResultsSchema,
    read: async ({ eventIdentifier }) => {
      const known = await find(central, eventIdentifier);
      if (!known.ok) return known;
      const results = await readPublicResults(central.database, known.value.raffleEventId);
      return ok({ eventIdentifier, results });
    },
  });

  publicQuery(routes, central, limit, {
    url: PUBLIC_ROUTES.software,
    summary: 'Versions and checksums of the central and of the tills',
    maxAgeSeconds: 60,
    answer: publicSoftwareSchema,
    read: async () => ok(await readSoftware(central.database)),
  });
}

async function find(
  central: Central,
  eventIdentifier: string,
): Promise<Result<KnownRaffleEvent, Problem>> {
  const known = await findPublicRaffleEvent(central, eventIdentifier);
  return known === undefined ? refuseWith('thing.unknown', 'no such raffle event') : ok(known);
}
