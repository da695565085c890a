import { z } from 'zod';
import type { PackageId, PrizeId, RaffleEventId } from '#shared/kernel/ids.ts';
import {
  currencySchema,
  idSchema,
  instantSchema,
  minorUnitsSchema,
  moneySchema,
  numberRangeSchema,
  textSchema,
} from '../values.ts';
import { jurisdictionProfileSchema } from './jurisdiction-profile.ts';

/** Where a raffle event stands. Only `active` sells. */
export const raffleEventStateSchema = z.enum([
  'created',
  'active',
  'suspended',
  'closed',
  'cancelled',
]);

export type RaffleEventState = z.infer<typeof raffleEventStateSchema>;

/** Something a seller can sell: a count of draw numbers for a price. */
export const ticketPackageSchema = z.strictObject({
  packageId: idSchema<PackageId>(),
  name: textSchema(40),
  numberCount: z.int().positive().max(10_000),
  price: moneySchema,
  displayOrder: z.int().nonnegative(),
});

export type TicketPackage = z.infer<typeof ticketPackageSchema>;

/** What can be won. A percentage is of ticket sales, in hundredths of a percent (5000 = half). */
export const prizeSchema = z.strictObject({
  prizeId: idSchema<PrizeId>(),
  name: textSchema(80),
  position: z.int().positive(),
  award: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), value: moneySchema }),
    z.strictObject({
      kind: z.literal('percentage'),
      hundredthsOfPercent: z.int().min(1).max(10_000),
      /** The most the prize can become (GLI-31 2.2.1); null if there is no cap. */
      cap: moneySchema.nullable(),
    }),
  ]),
});

export type Prize = z.infer<typeof prizeSchema>;

/** One raffle, as a till knows it. */
export const raffleEventSchema = z.strictObject({
  raffleEventId: idSchema<RaffleEventId>(),
  /** The short identifier printed on tickets; distinguishes raffles of a series. */
  eventIdentifier: textSchema(30),
  name: textSchema(80),
  licenceNumber: textSchema(40).nullable(),
  currency: currencySchema,
  state: raffleEventStateSchema,
  salesStart: instantSchema,
  salesEnd: instantSchema,
  drawAt: instantSchema.nullable(),
  numberSpace: numberRangeSchema,
  packages: z.array(ticketPackageSchema).min(1).max(9),
  prizes: z.array(prizeSchema).min(1).max(20),
  profile: jurisdictionProfileSchema,
});

export type RaffleEvent = z.infer<typeof raffleEventSchema>;

/** The prize a winner would get now, after the cap, and when that was known. Never journaled. */
export const jackpotSchema = z.strictObject({
  raffleEventId: idSchema<RaffleEventId>(),
  prizeMinor: minorUnitsSchema,
  currency: currencySchema,
  knownAt: instantSchema,
});

export type Jackpot = z.infer<typeof jackpotSchema>;
