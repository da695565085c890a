import { z } from 'zod';
import type {
  OrganisationId,
  PackageId,
  PackageTemplateId,
  PrizeId,
  PrizeTemplateId,
  ProfileId,
  RaffleEventId,
  RsuId,
  UserId,
  VenueId,
} from '#shared/kernel/ids.ts';
import { jurisdictionProfileSchema } from '../../mirror/jurisdiction-profile.ts';
import {
  calendarInstantSchema,
  currencySchema,
  idSchema,
  instantSchema,
  numberRangeSchema,
  textSchema,
} from '../../values.ts';
import { reasonSchema } from './draws.ts';
import { pageQuery, pageSchema } from './paging.ts';
import { prizeAwardSchema } from './prize-templates.ts';
import { newPackageTemplateSchema } from './ticket-package-templates.ts';

/** Every state a raffle event can be in at the central; tills see fewer. */
export const RAFFLE_EVENT_STATES = [
  'created',
  'active',
  'suspended',
  'closing',
  'closed',
  'reconciled',
  'drawn',
  'cancelled',
] as const;

const stateSchema = z.enum(RAFFLE_EVENT_STATES).meta({ id: 'RaffleEventState' });

/** When a raffle event sells, and under which licence. */
export const raffleEventConfigurationSchema = z
  .strictObject({
    salesStart: calendarInstantSchema,
    salesEnd: calendarInstantSchema,
    drawAt: calendarInstantSchema.nullable(),
    licenceNumber: textSchema(40).nullable(),
  })
  .meta({ id: 'RaffleEventConfiguration' });

export type RaffleEventConfiguration = z.infer<typeof raffleEventConfigurationSchema>;

/** Which numbers a raffle event sells, and in which portions tills get them. */
export const numberPlanSchema = z
  .strictObject({
    numberSpace: numberRangeSchema,
    /** How many draw numbers a till gets at a time. */
    allocationSize: z.int().positive().max(20_000),
    /** How many validation numbers a block makes. */
    validationBlockSize: z.int().positive().max(99_999_999),
  })
  .meta({ id: 'NumberPlan' });

export type NumberPlan = z.infer<typeof numberPlanSchema>;

const { name: packageName, description, numberCount, priceMinor } = newPackageTemplateSchema.shape;

/** A package of a raffle event: a copy of a template, or given here. Prices are in minor units. */
const draftPackageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('template'),
    packageTemplateId: idSchema<PackageTemplateId>(),
  }),
  z.strictObject({ kind: z.literal('own'), name: packageName, numberCount, priceMinor }),
]);

const winnerCount = z.int().min(1).max(100);

/** A prize of a raffle event: a copy of a template, or given here. In the order of the draw. */
const draftPrizeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('template'),
    prizeTemplateId: idSchema<PrizeTemplateId>(),
    winnerCount: winnerCount.default(1),
  }),
  z.strictObject({
    kind: z.literal('own'),
    name: textSchema(80).min(1),
    award: prizeAwardSchema,
    winnerCount: winnerCount.default(1),
  }),
]);

/** The rules: a copy of a profile as it stands now, or given here. */
const draftProfileSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kept'), profileId: idSchema<ProfileId>() }),
  z.strictObject({ kind: z.literal('own'), profile: jurisdictionProfileSchema }),
]);

/** All that is said of a raffle event before it starts. It may be incomplete until then. */
export const raffleEventDraftSchema = z
  .strictObject({
    name: textSchema(80).min(1),
    description: description.default(null),
    /** The short identifier printed on tickets; no other raffle event has it. */
    eventIdentifier: textSchema(30).min(1),
    /** Null if tills of every venue sell it. */
    venueId: idSchema<VenueId>().nullable(),
    configuration: raffleEventConfigurationSchema,
    numberPlan: numberPlanSchema,
    profile: draftProfileSchema,
    packages: z.array(draftPackageSchema).max(9),
    prizes: z.array(draftPrizeSchema).max(20),
  })
  .meta({ id: 'RaffleEventDraft' });

export type RaffleEventDraft = z.infer<typeof raffleEventDraftSchema>;

/** What is missing, or does not fit together, before a raffle event can start. */
export const startObstacleSchema = z.enum([
  'packages.missing',
  'package.currency-differs',
  'package.larger-than-number-space',
  'prizes.missing',
  'prize.currency-differs',
  'prizes.more-than-sales',
  'numbers.fewer-than-one-allocation',
  'sales-end.before-start',
  'sales-end.in-the-past',
  'draw.before-sales-end',
  'licence.missing',
  'venue.retired',
]);

export type StartObstacle = z.infer<typeof startObstacleSchema>;

/** A raffle event in a list. */
export const raffleEventSummarySchema = z
  .strictObject({
    raffleEventId: idSchema<RaffleEventId>(),
    name: z.string(),
    eventIdentifier: z.string(),
    venueId: idSchema<VenueId>().nullable(),
    state: stateSchema,
    salesStart: instantSchema,
    salesEnd: instantSchema,
    drawAt: instantSchema.nullable(),
    /** Draw numbers, as the central knows now. */
    soldCount: z.int().nonnegative(),
    createdAt: instantSchema,
  })
  .meta({ id: 'RaffleEventSummary' });

export type RaffleEventSummary = z.infer<typeof raffleEventSummarySchema>;

/** A raffle event with all that belongs to it. */
export const raffleEventSchema = z
  .strictObject({
    raffleEventId: idSchema<RaffleEventId>(),
    organisationId: idSchema<OrganisationId>(),
    name: z.string(),
    description: z.string().nullable(),
    eventIdentifier: z.string(),
    venueId: idSchema<VenueId>().nullable(),
    state: stateSchema,
    currency: currencySchema,
    configuration: raffleEventConfigurationSchema,
    numberPlan: numberPlanSchema,
    /** The raffle event's own copy; where it came from is null if it was given with the raffle event. */
    profile: jurisdictionProfileSchema,
    profileSource: z
      .strictObject({ profileId: idSchema<ProfileId>(), version: z.int().positive() })
      .nullable(),
    packages: z.array(
      z.strictObject({
        packageId: idSchema<PackageId>(),
        name: z.string(),
        numberCount: z.int().positive(),
        priceMinor: z.int().nonnegative(),
        currency: currencySchema,
      }),
    ),
    prizes: z.array(
      z.strictObject({
        prizeId: idSchema<PrizeId>(),
        name: z.string(),
        position: z.int().positive(),
        award: prizeAwardSchema,
        winnerCount: z.int().positive(),
      }),
    ),
    soldCount: z.int().nonnegative(),
    /** Draw numbers that tills have been given. */
    dealtCount: z.int().nonnegative(),
    /** Why it cannot start yet; empty after the start. */
    obstacles: z.array(startObstacleSchema),
    reconciliation: z
      .strictObject({ confirmedAt: instantSchema, confirmedBy: idSchema<UserId>() })
      .nullable(),
    drawnAt: instantSchema.nullable(),
    createdAt: instantSchema,
    createdBy: idSchema<UserId>().nullable(),
    updatedAt: instantSchema,
    updatedBy: idSchema<UserId>().nullable(),
    /** For the `If-Match` of a change before the start. */
    revision: z.string(),
  })
  .meta({ id: 'RaffleEvent' });

export type RaffleEvent = z.infer<typeof raffleEventSchema>;

/** `from` and `to` are about the start of sales; `to` itself is not in. */
export const raffleEventPageQuerySchema = z.strictObject({
  ...pageQuery,
  state: stateSchema.optional(),
  venueId: idSchema<VenueId>().optional(),
  from: calendarInstantSchema.optional(),
  to: calendarInstantSchema.optional(),
});

export type RaffleEventPageQuery = z.infer<typeof raffleEventPageQuerySchema>;

export const raffleEventPageSchema = pageSchema(raffleEventSummarySchema).meta({
  id: 'RaffleEventPage',
});

/** Another end of sales, after the start. */
export const salesEndChangeSchema = z
  .strictObject({ salesEnd: calendarInstantSchema, reason: reasonSchema })
  .meta({ id: 'SalesEndChange' });

/** What a person may ask for. The central closes in two steps, and reconciling and drawing are calls of their own. */
export const stateChangeSchema = z
  .strictObject({
    to: z.enum(['active', 'suspended', 'closed', 'cancelled']),
    reason: reasonSchema,
  })
  .meta({ id: 'RaffleEventStateChange' });

export type RaffleEventStateChange = z.infer<typeof stateChangeSchema>;

/** A step of a raffle event's life: who, when and why. */
const raffleEventStepSchema = z
  .strictObject({
    from: stateSchema.nullable(),
    to: stateSchema,
    /** `user:<id>`, or the program itself. */
    changedBy: z.string(),
    changedAt: instantSchema,
    reason: z.string().nullable(),
  })
  .meta({ id: 'RaffleEventStep' });

/** The whole life so far, and every end of sales that tills were ever told; oldest first. */
export const raffleEventHistorySchema = z
  .strictObject({
    steps: z.array(raffleEventStepSchema),
    salesEnds: z.array(
      z.strictObject({
        salesEnd: instantSchema,
        publishedBy: z.string(),
        publishedAt: instantSchema,
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'RaffleEventHistory' });

export type RaffleEventHistory = z.infer<typeof raffleEventHistorySchema>;

/** A till that holds numbers of a raffle event, and what the central knows of its end of sales. */
const closingTillSchema = z
  .strictObject({
    rsuId: idSchema<RsuId>(),
    name: z.string(),
    /**
     * `acknowledged`: its journal says that its sales are over. `given-up`: it is in the corruption log.
     * `disabled`: it is not waited for. `awaited`: the raffle event closes only after it.
     */
    standing: z.enum(['acknowledged', 'given-up', 'disabled', 'awaited']),
    /** What it said last; null if it never did. Amounts in minor units. */
    lastReport: z
      .strictObject({
        receivedAt: instantSchema,
        operatorName: z.string().nullable(),
        unsentEntries: z.int().nonnegative(),
        orderCount: z.int().nonnegative(),
        grossMinor: z.int().nonnegative(),
      })
      .nullable(),
  })
  .meta({ id: 'ClosingTill' });

/** How far a raffle event is on its way from the end of sales to `closed`. */
export const closingSchema = z
  .strictObject({
    state: stateSchema,
    salesEnd: instantSchema,
    awaitedCount: z.int().nonnegative(),
    tills: z.array(closingTillSchema),
  })
  .meta({ id: 'Closing' });

export type Closing = z.infer<typeof closingSchema>;
