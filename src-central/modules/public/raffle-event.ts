import { sql } from 'drizzle-orm';
import type { PublicRaffleEvent, PublicResults } from '#shared/contract/central/public.ts';
import { formatDrawNumber } from '#shared/domain/draw-number-text.ts';
import type { PackageId, RaffleEventId } from '#shared/kernel/ids.ts';
import type { CurrencyCode, MinorUnits } from '#shared/kernel/money.ts';
import type { Central } from '../../central.ts';
import type { Queryable } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import type { StoredRaffleEventState } from '../../db/schema/raffle-events.ts';
import { numberPlanSchema, raffleEventConfigurationSchema } from '../../raffle-event-settings.ts';
import { readOfficialResults } from '../draws/draw-results.ts';
import { type JackpotPrize, readJackpot } from '../jackpot/read-jackpot.ts';

/** A raffle event that the public may know of, with its prizes as they stand. */
export interface KnownRaffleEvent {
  readonly raffleEventId: RaffleEventId;
  readonly facts: PublicRaffleEvent;
  readonly prizes: readonly JackpotPrize[];
}

/** Finds a raffle event by the identifier on its tickets; one that was only prepared is not shown. */
export async function findPublicRaffleEvent(
  central: Central,
  eventIdentifier: string,
): Promise<KnownRaffleEvent | undefined> {
  const row = await firstRowOf<RaffleEventRow>(
    central.database,
    sql`SELECT event.id AS "raffleEventId", event.name, event.state, configuration,
        organization.name AS "organisationName", license_number AS "organisationLicence",
        primary_currency AS currency, venue.name AS "venueName",
        coalesce(venue.timezone, 'UTC') AS "timeZone",
        (SELECT coalesce(json_agg(json_build_object('packageId', id, 'name', name,
             'numberCount', ticket_count, 'priceMinor', price) ORDER BY display_order, price, id), '[]')
         FROM ticket_packages WHERE event_id = event.id AND is_active) AS packages
      FROM raffle_events event
      JOIN organizations organization ON organization.id = event.organization_id
      LEFT JOIN venues venue ON venue.id = event.venue_id
      WHERE event_identifier = ${eventIdentifier} AND event.state <> 'created'`,
  );
  if (row === undefined) return undefined;
  const prizes = await readJackpot(central.database, row.raffleEventId);
  const { salesStart, salesEnd, drawAt, licenceNumber } = raffleEventConfigurationSchema.parse(
    row.configuration,
  );
  const facts = {
    eventIdentifier,
    name: row.name,
    organisationName: row.organisationName,
    licenceNumber: licenceNumber ?? row.organisationLicence,
    venueName: row.venueName,
    timeZone: row.timeZone,
    state: row.state,
    isDemo: central.isDemo,
    salesStart,
    salesEnd,
    drawAt,
    currency: row.currency,
    packages: [...row.packages],
    prizes: prizes.map(describePrize),
  };
  return { raffleEventId: row.raffleEventId, facts, prizes };
}

interface RaffleEventRow {
  readonly raffleEventId: RaffleEventId;
  readonly name: string;
  readonly state: Exclude<StoredRaffleEventState, 'created'>;
  readonly configuration: unknown;
  readonly organisationName: string;
  readonly organisationLicence: string | null;
  readonly currency: CurrencyCode;
  readonly venueName: string | null;
  readonly timeZone: string;
  readonly packages: readonly {
    readonly packageId: PackageId;
    readonly name: string;
    readonly numberCount: number;
    readonly priceMinor: MinorUnits;
  }[];
}

function describePrize({ prizeId, name, winnerCount, award }: JackpotPrize) {
  return award.kind === 'fixed'
    ? { prizeId, name, winnerCount, hundredthsOfPercent: null, capMinor: null }
    : {
        prizeId,
        name,
        winnerCount,
        hundredthsOfPercent: award.hundredthsOfPercent,
        capMinor: award.cap?.minor ?? null,
      };
}

/** The results of a raffle event that count, with the numbers as they stand on tickets. */
export async function readPublicResults(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<PublicResults['results']> {
  const results = await readOfficialResults(database, raffleEventId);
  const row = await firstRowOf<{ readonly plan: unknown }>(
    database,
    sql`SELECT ticket_allocation AS plan FROM raffle_events WHERE id = ${raffleEventId}`,
  );
  const { numberSpace } = numberPlanSchema.parse(row?.plan);
  return results.map(({ prizeName, drawNumber, valueMinor, currency, selectedAt }) => ({
    prizeName,
    drawNumber,
    drawNumberText: formatDrawNumber(drawNumber, numberSpace),
    valueMinor,
    currency,
    drawnAt: selectedAt,
  }));
}
