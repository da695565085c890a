import { z } from 'zod';
import type { OrderId, OrganisationId, RsuId, VenueId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { currencySchema, idSchema, instantSchema, textSchema } from '../values.ts';
import { commandSchema, MOST_COMMANDS } from './commands.ts';
import { allocationSchema, validationBlockSchema } from './numbers.ts';
import { operatorSchema, pinCredentialSchema, type StoredOperator } from './operator.ts';
import { type RaffleEvent, raffleEventSchema } from './raffle-event.ts';

/** A version of the mirror as `epoch.version`; two of one epoch compare by their second number. */
export const mirrorVersionSchema = z.string().regex(/^\d{1,9}\.\d{1,15}$/);

/** What a mirror says of the till's surroundings: the part of it that is not a list. */
const factFields = {
  /** A demonstration central: whatever a till sells from it prints NOT VALID. */
  isDemo: z.boolean(),
  organisation: z.strictObject({
    organisationId: idSchema<OrganisationId>(),
    name: textSchema(80),
    licenceNumber: textSchema(40).nullable(),
    currency: currencySchema,
  }),
  venue: z.strictObject({
    venueId: idSchema<VenueId>(),
    name: textSchema(80),
    /** An IANA name such as `America/Vancouver`. */
    timeZone: textSchema(64),
  }),
  rsu: z.strictObject({
    rsuId: idSchema<RsuId>(),
    /** The name painted on the till and printed on its tickets. */
    name: textSchema(30),
  }),
  /** Versioned settings of the whole system (GLI-31 5.8.1). */
  systemConfigurationVersion: textSchema(40),
};

/** The facts by themselves. */
export const mirrorFactsSchema = z.strictObject(factFields);

export type MirrorFacts = z.infer<typeof mirrorFactsSchema>;

/** Which state of the central a mirror is. */
export const mirrorPlaceFields = {
  mirrorVersion: mirrorVersionSchema,
  /** The central's time when it was read: what became of orders before then is known. */
  asOf: instantSchema,
};

/** What became of an order that the central could not take at once. */
export const resolutionSchema = z.strictObject({
  orderId: idSchema<OrderId>(),
  outcome: z.enum(['under-review', 'accepted', 'voided']),
  reason: textSchema(200),
});

export type Resolution = z.infer<typeof resolutionSchema>;

/** The most people of one organisation. */
export const MOST_PEOPLE = 10_000;

/** Everything a till needs from the central, as it travels. */
export const mirrorSchema = z.strictObject({
  ...mirrorPlaceFields,
  ...factFields,
  raffleEvents: z.array(raffleEventSchema).max(50),
  operators: z
    .array(z.strictObject({ ...operatorSchema.shape, credential: pinCredentialSchema }))
    .max(MOST_PEOPLE),
  allocations: z.array(allocationSchema),
  validationBlocks: z.array(validationBlockSchema),
  /** What became of orders since the time that was asked for; without one, since the chain began. */
  resolutions: z.array(resolutionSchema),
  /** What the till is told and has not answered, the oldest first. */
  commands: z.array(commandSchema).max(MOST_COMMANDS).optional(),
});

export type Mirror = z.infer<typeof mirrorSchema>;

/**
 * A mirror as the till journals and keeps it: credentials wrapped by the storage key.
 *
 * Numbers are not here: they are journaled by `numbers.received`, once each.
 */
export interface StoredMirror extends MirrorFacts {
  readonly mirrorVersion: string;
  readonly asOf: Instant;
  readonly raffleEvents: readonly RaffleEvent[];
  readonly operators: readonly StoredOperator[];
  readonly resolutions: readonly Resolution[];
}
