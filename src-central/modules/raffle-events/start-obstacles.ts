import type { StartObstacle } from '#shared/contract/central/people/raffle-events.ts';
import type { JurisdictionProfile } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { PrizeAward } from '#shared/domain/jackpot.ts';
import type { CurrencyCode } from '#shared/kernel/money.ts';
import type { NumberPlan, RaffleEventConfiguration } from '../../raffle-event-settings.ts';

/** All of a raffle event that decides whether it can start. */
export interface RaffleEventToStart {
  readonly configuration: RaffleEventConfiguration;
  readonly numberPlan: NumberPlan;
  readonly profile: JurisdictionProfile;
  /** Of the organisation; every package and prize has it. */
  readonly currency: CurrencyCode;
  /** Printed where the raffle event has none of its own. */
  readonly organisationLicence: string | null;
  readonly isVenueRetired: boolean;
  readonly packages: readonly { readonly numberCount: number; readonly currency: string }[];
  readonly prizes: readonly {
    readonly award: PrizeAward;
    readonly winnerCount: number;
    readonly currency: string;
  }[];
}

/** What is missing, or does not fit together, before a raffle event can start at `now`. */
export function findStartObstacles(event: RaffleEventToStart, now: Date): StartObstacle[] {
  const found: Readonly<Record<StartObstacle, boolean>> = {
    ...packageObstacles(event),
    ...prizeObstacles(event),
    ...timeObstacles(event, now),
    'numbers.fewer-than-one-allocation': sizeOf(event.numberPlan) < event.numberPlan.allocationSize,
    'licence.missing':
      event.profile.requiresLicence === true &&
      (event.configuration.licenceNumber ?? event.organisationLicence ?? '').trim() === '',
    'venue.retired': event.isVenueRetired,
  };
  return (Object.keys(found) as StartObstacle[]).filter((obstacle) => found[obstacle]);
}

function packageObstacles({ packages, currency, numberPlan }: RaffleEventToStart) {
  return {
    'packages.missing': packages.length === 0,
    'package.currency-differs': packages.some((each) => each.currency !== currency),
    'package.larger-than-number-space': packages.some(
      ({ numberCount }) => numberCount > sizeOf(numberPlan),
    ),
  };
}

/** Shares of the sales cannot come to more than the sales. */
function prizeObstacles({ prizes, currency }: RaffleEventToStart) {
  const shared = prizes.reduce(
    (sum, { award, winnerCount }) =>
      award.kind === 'percentage' ? sum + award.hundredthsOfPercent * winnerCount : sum,
    0,
  );
  return {
    'prizes.missing': prizes.length === 0,
    'prize.currency-differs': prizes.some((each) => each.currency !== currency),
    'prizes.more-than-sales': shared > 10_000,
  };
}

function timeObstacles({ configuration }: RaffleEventToStart, now: Date) {
  const { salesStart, salesEnd, drawAt } = configuration;
  return {
    'sales-end.before-start': salesEnd <= salesStart,
    'sales-end.in-the-past': salesEnd <= now.toISOString(),
    'draw.before-sales-end': drawAt !== null && drawAt < salesEnd,
  };
}

function sizeOf({ numberSpace }: NumberPlan): number {
  return numberSpace.to - numberSpace.from;
}
