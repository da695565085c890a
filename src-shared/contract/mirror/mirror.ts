import { z } from 'zod';
import type { OrderId, OrganisationId, RsuId, VenueId } from '#shared/kernel/ids.ts';
import { base64Schema, currencySchema, idSchema, textSchema } from '../values.ts';
import { allocationSchema, validationBlockSchema } from './numbers.ts';
import { operatorSchema, pinCredentialSchema } from './operator.ts';
import { raffleEventSchema } from './raffle-event.ts';

/** A version of the mirror as `epoch.version`; two of one epoch compare by their second number. */
export const mirrorVersionSchema = z.string().regex(/^\d{1,9}\.\d{1,15}$/);

/** The part of the mirror that holds no secret and no numbers. */
const mirrorFacts = {
  mirrorVersion: mirrorVersionSchema,
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
  raffleEvents: z.array(raffleEventSchema).max(50),
  /** Versioned settings of the whole system (GLI-31 5.8.1). */
  systemConfigurationVersion: textSchema(40),
};

/** What became of an order that the central could not take at once. */
export const resolutionSchema = z.strictObject({
  orderId: idSchema<OrderId>(),
  outcome: z.enum(['under-review', 'accepted', 'voided']),
  reason: textSchema(200),
});

export type Resolution = z.infer<typeof resolutionSchema>;

/** Everything a till needs from the central, as it travels. */
export const mirrorSchema = z.strictObject({
  ...mirrorFacts,
  operators: z
    .array(z.strictObject({ ...operatorSchema.shape, credential: pinCredentialSchema }))
    .max(5_000),
  allocations: z.array(allocationSchema),
  validationBlocks: z.array(validationBlockSchema),
  resolutions: z.array(resolutionSchema),
});

export type Mirror = z.infer<typeof mirrorSchema>;

/**
 * A mirror as the till journals and keeps it: credentials wrapped by the storage key.
 *
 * Numbers are not here: they are journaled by `numbers.received`, once each.
 */
export const storedMirrorSchema = z.strictObject({
  ...mirrorFacts,
  operators: z
    .array(z.strictObject({ ...operatorSchema.shape, wrappedCredential: base64Schema() }))
    .max(5_000),
  resolutions: z.array(resolutionSchema),
});

export type StoredMirror = z.infer<typeof storedMirrorSchema>;
