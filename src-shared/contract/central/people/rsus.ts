import { z } from 'zod';
import type { OperatorId, RaffleEventId, RsuId, VenueId } from '#shared/kernel/ids.ts';
import { softwareSchema } from '../../journal/terminal-entries.ts';
import { idSchema, instantSchema, moneySchema, textSchema } from '../../values.ts';
import { pageQuery, pageSchema } from './paging.ts';
import { rsuConfigurationSchema } from './rsu-configuration.ts';

/** What stands on the device itself and can be scanned: an inventory number, a serial number, a MAC. */
export const deviceIdentifierSchema = textSchema(64).regex(
  /^[\w.:-]{1,64}$/,
  'must be letters, digits and . : _ -',
);

/** The name painted on the till and printed on its tickets. */
const rsuNameSchema = textSchema(30).trim().min(1);

/** Why somebody does something that an auditor will ask about. */
export const reasonSchema = textSchema(500).trim().min(1);

/** The most RSUs that one command is about. */
const MOST_AT_ONCE = 200;

/** A list of RSUs, each once. */
export const rsuIdsSchema = z
  .array(idSchema<RsuId>())
  .min(1)
  .max(MOST_AT_ONCE)
  .refine((ids) => new Set(ids).size === ids.length, 'must name each RSU once');

/**
 * What became of each thing of a list, in the order of the request: `item` says which, `done` what
 * there is to tell when it was done. `code` is a problem's.
 */
export function resultsSchema<Item extends z.ZodRawShape, Done extends z.ZodRawShape>(
  item: Item,
  done: Done,
) {
  return z.strictObject({
    results: z.array(
      z.discriminatedUnion('outcome', [
        z.strictObject({ ...item, outcome: z.literal('done'), ...done }),
        z.strictObject({
          ...item,
          outcome: z.literal('refused'),
          code: z.string(),
          detail: z.string(),
        }),
      ]),
    ),
  });
}

/** Names the RSU of a result. */
export const rsuItem = { rsuId: idSchema<RsuId>() };

/** Who has a till, where, and with how much money. */
const assignmentSchema = z
  .strictObject({
    operatorId: idSchema<OperatorId>(),
    operatorName: z.string(),
    section: z.string().nullable(),
    float: moneySchema.nullable(),
    assignedAt: instantSchema,
  })
  .meta({ id: 'RsuAssignment' });

/** One line of the master list of RSUs (GLI-31 5.4.1). */
export const rsuSchema = z
  .strictObject({
    rsuId: idSchema<RsuId>(),
    name: z.string(),
    description: z.string().nullable(),
    deviceIdentifier: z.string(),
    venueId: idSchema<VenueId>().nullable(),
    venueName: z.string().nullable(),
    state: z.enum(['unenrolled', 'enrolled', 'stopped', 'revoked']),
    isEnabled: z.boolean(),
    configuration: rsuConfigurationSchema,
    /** For `If-Match` of a change. */
    revision: z.string(),
    /** Who is signed in at it, as far as its journal has arrived. */
    signedIn: z
      .strictObject({ operatorId: idSchema<OperatorId>(), operatorName: z.string() })
      .nullable(),
    assignment: assignmentSchema.nullable(),
    /** What it last said of itself. `stale`: it has missed several of its reports. */
    contact: z.enum(['online', 'stale', 'never']),
    lastContactAt: instantSchema.nullable(),
    lastReport: z
      .strictObject({
        software: softwareSchema,
        raffleEventId: idSchema<RaffleEventId>().nullable(),
        unsentEntries: z.int(),
        /** Of its whole journal, whichever raffle event it was for. */
        orderCount: z.int(),
        grossMinor: z.int(),
      })
      .nullable(),
    /** What the central counts: of the raffle event that was asked for, or of all. */
    totals: z.strictObject({
      orderCount: z.int(),
      ticketCount: z.int(),
      grossMinor: z.int(),
    }),
    /** Draw numbers given to it for sale, without those that it gave back. */
    numbersIssued: z.int(),
    openCommands: z.int(),
    isMissing: z.boolean(),
  })
  .meta({ id: 'Rsu' });

export type Rsu = z.infer<typeof rsuSchema>;

export const rsuPageQuerySchema = z.strictObject({
  ...pageQuery,
  venueId: idSchema<VenueId>().optional(),
  raffleEventId: idSchema<RaffleEventId>().optional(),
  state: rsuSchema.shape.state.optional(),
  isEnabled: z.enum(['true', 'false']).optional(),
  contact: rsuSchema.shape.contact.optional(),
  /** A part of the name or of the device identifier. */
  search: textSchema(64).optional(),
});

export type RsuPageQuery = z.infer<typeof rsuPageQuerySchema>;

export const rsuPageSchema = pageSchema(rsuSchema).meta({ id: 'RsuPage' });

/** An RSU to be registered: un-enrolled and disabled. */
const newRsuSchema = z.strictObject({
  name: rsuNameSchema,
  description: textSchema(500).nullable().default(null),
  deviceIdentifier: deviceIdentifierSchema,
  venueId: idSchema<VenueId>().nullable().default(null),
  configuration: rsuConfigurationSchema.prefault({}),
});

export type NewRsu = z.infer<typeof newRsuSchema>;

export const newRsusSchema = z
  .strictObject({ rsus: z.array(newRsuSchema).min(1).max(MOST_AT_ONCE) })
  .meta({ id: 'NewRsus' });

export const registeredRsusSchema = resultsSchema(
  { deviceIdentifier: z.string() },
  { rsuId: idSchema<RsuId>() },
).meta({ id: 'RegisteredRsus' });

export type RegisteredRsus = z.infer<typeof registeredRsusSchema>;

/** What people may change of an RSU. What is left out stays. */
export const rsuChangeSchema = z
  .strictObject({
    name: rsuNameSchema.optional(),
    description: textSchema(500).nullable().optional(),
    venueId: idSchema<VenueId>().nullable().optional(),
    configuration: rsuConfigurationSchema.optional(),
  })
  .meta({ id: 'RsuChange' });

export type RsuChange = z.infer<typeof rsuChangeSchema>;

/** Enables, disables or un-enrols many RSUs with one command. */
export const rsuStandingChangeSchema = z
  .strictObject({
    change: z.enum(['enable', 'disable', 'un-enrol']),
    rsuIds: rsuIdsSchema,
    reason: reasonSchema,
  })
  .meta({ id: 'RsuStandingChange' });

export type RsuStandingChange = z.infer<typeof rsuStandingChangeSchema>;

export const rsuStandingResultsSchema = resultsSchema(rsuItem, {}).meta({
  id: 'RsuStandingResults',
});

export type RsuStandingResults = z.infer<typeof rsuStandingResultsSchema>;

/** Codes for many RSUs. Each earlier code that nobody has used ends with it. */
export const newEnrolmentCodesSchema = z
  .strictObject({
    rsuIds: rsuIdsSchema,
    validMinutes: z
      .int()
      .min(5)
      .max(7 * 24 * 60)
      .default(24 * 60),
  })
  .meta({ id: 'NewEnrolmentCodes' });

export type NewEnrolmentCodes = z.infer<typeof newEnrolmentCodesSchema>;

/** The code as it is typed, and as it is scanned. Shown once: only its hash is kept. */
export const enrolmentCodeResultsSchema = resultsSchema(rsuItem, {
  code: z.string(),
  qrPayload: z.string(),
  expiresAt: instantSchema,
}).meta({ id: 'EnrolmentCodeResults' });

export type EnrolmentCodeResults = z.infer<typeof enrolmentCodeResultsSchema>;
