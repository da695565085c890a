import { z } from 'zod';
import type { PackageId, PrizeId } from '#shared/kernel/ids.ts';
import { softwareSchema } from '../journal/terminal-entries.ts';
import {
  currencySchema,
  idSchema,
  instantSchema,
  minorUnitsSchema,
  sha256Schema,
  textSchema,
} from '../values.ts';
import { drawNumberSchema } from './people/draws.ts';

/** What anybody may read without signing in. A raffle event goes by the identifier on its tickets. */
export const PUBLIC_ROUTES = {
  raffleEvent: '/v1/public/raffle-events/:eventIdentifier',
  jackpot: '/v1/public/raffle-events/:eventIdentifier/jackpot',
  results: '/v1/public/raffle-events/:eventIdentifier/results',
  stream: '/v1/public/raffle-events/:eventIdentifier/stream',
  software: '/v1/public/software',
  display: '/display/:eventIdentifier',
  displayFile: '/display-files/:fileName',
} as const;

export const publicRaffleEventParams = z.strictObject({
  eventIdentifier: textSchema(30).min(1),
});

/** Where a raffle event stands, as the public knows it. */
const publicStateSchema = z.enum([
  'active',
  'suspended',
  'closing',
  'closed',
  'reconciled',
  'drawn',
  'cancelled',
]);

/** What can be won, and by which rule it grows. */
const publicPrizeSchema = z
  .strictObject({
    prizeId: idSchema<PrizeId>(),
    name: z.string(),
    winnerCount: z.int().positive(),
    /** The share of sales in hundredths of a percent; null for a prize of a fixed value. */
    hundredthsOfPercent: z.int().positive().nullable(),
    /** The most that a share can become; null if there is no cap, and for a fixed value. */
    capMinor: minorUnitsSchema.nullable(),
  })
  .meta({ id: 'PublicPrize' });

/** A raffle event, as a ticket or a poster tells of it. */
export const publicRaffleEventSchema = z
  .strictObject({
    eventIdentifier: z.string(),
    name: z.string(),
    organisationName: z.string(),
    licenceNumber: z.string().nullable(),
    venueName: z.string().nullable(),
    timeZone: z.string(),
    state: publicStateSchema,
    /** A demonstration: its tickets are worth nothing. */
    isDemo: z.boolean(),
    salesStart: instantSchema,
    salesEnd: instantSchema,
    drawAt: instantSchema.nullable(),
    currency: currencySchema,
    packages: z.array(
      z.strictObject({
        packageId: idSchema<PackageId>(),
        name: z.string(),
        numberCount: z.int().positive(),
        priceMinor: minorUnitsSchema,
      }),
    ),
    prizes: z.array(publicPrizeSchema),
  })
  .meta({ id: 'PublicRaffleEvent' });

export type PublicRaffleEvent = z.infer<typeof publicRaffleEventSchema>;

/** What the prizes are worth by the sales that the central knew of at `asOf` (GLI-31 2.5.1). */
export const publicJackpotSchema = z
  .strictObject({
    eventIdentifier: z.string(),
    currency: currencySchema,
    asOf: instantSchema,
    prizes: z.array(
      z.strictObject({
        prizeId: idSchema<PrizeId>(),
        name: z.string(),
        winnerCount: z.int().positive(),
        valueMinor: minorUnitsSchema,
        /** It has reached its cap: further sales do not raise it. */
        isAtCap: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'PublicJackpot' });

export type PublicJackpot = z.infer<typeof publicJackpotSchema>;

/** The winning numbers that count (GLI-31 2.6.5). Nobody's name is in it. */
export const publicResultsSchema = z
  .strictObject({
    eventIdentifier: z.string(),
    results: z.array(
      z.strictObject({
        prizeName: z.string(),
        drawNumber: drawNumberSchema,
        /** As it stands on the ticket. */
        drawNumberText: z.string(),
        valueMinor: minorUnitsSchema,
        currency: currencySchema,
        drawnAt: instantSchema,
      }),
    ),
  })
  .meta({ id: 'PublicResults' });

export type PublicResults = z.infer<typeof publicResultsSchema>;

/** All that a display at the venue shows; one server-sent event. */
export interface DisplayPicture {
  readonly raffleEvent: PublicRaffleEvent;
  readonly jackpot: PublicJackpot;
  readonly results: PublicResults['results'];
  /** How many digits amounts have after the point. */
  readonly minorDigits: number;
  /** The central's time, for countdowns on a computer whose clock is wrong. */
  readonly serverTime: string;
}

/** Which programs run, so that anybody can compare them with what was certified (GLI-31 5.8.1). */
export const publicSoftwareSchema = z
  .strictObject({
    central: z.strictObject({ version: z.string(), checksum: sha256Schema }),
    /** What the enrolled tills reported last, each program once. */
    tills: z.array(softwareSchema),
  })
  .meta({ id: 'PublicSoftware' });

export type PublicSoftware = z.infer<typeof publicSoftwareSchema>;
