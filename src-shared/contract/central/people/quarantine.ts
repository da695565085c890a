import { z } from 'zod';
import type { ChainId, OrderId, QuarantineId, RaffleEventId, RsuId } from '#shared/kernel/ids.ts';
import {
  idSchema,
  instantSchema,
  jsonValueSchema,
  minorUnitsSchema,
  sha256Schema,
} from '../../values.ts';
import { quarantineReasonSchema } from '../journal.ts';
import { reasonSchema } from './draws.ts';
import { pageQuery, pageSchema } from './paging.ts';
import { refundSchema, voidRequestSchema } from './void-requests.ts';

const quarantineStateSchema = z.enum(['open', 'accepted', 'voided', 'linked']);

/** An entry of a till's journal that does not count by itself. */
export const quarantinedEntrySchema = z
  .strictObject({
    quarantineId: idSchema<QuarantineId>(),
    rsuId: idSchema<RsuId>(),
    rsuName: z.string(),
    chainId: idSchema<ChainId>(),
    seq: z.int().positive(),
    hash: sha256Schema,
    reason: quarantineReasonSchema,
    explanation: z.string(),
    orderIds: z.array(idSchema<OrderId>()),
    state: quarantineStateSchema,
    /** The orders that it turned out to be a second account of. */
    linkedOrderIds: z.array(idSchema<OrderId>()),
    /** Why it was resolved as it was. */
    resolution: z.string().nullable(),
    /** `user:<id>`, or what resolved it along with another. */
    resolvedBy: z.string().nullable(),
    resolvedAt: instantSchema.nullable(),
    quarantinedAt: instantSchema,
  })
  .meta({ id: 'QuarantinedEntry' });

export type QuarantinedEntry = z.infer<typeof quarantinedEntrySchema>;

export const quarantineQuerySchema = z.strictObject({
  ...pageQuery,
  state: quarantineStateSchema.optional(),
  reason: quarantineReasonSchema.optional(),
  rsuId: idSchema<RsuId>().optional(),
});

export type QuarantineQuery = z.infer<typeof quarantineQuerySchema>;

export const quarantinePageSchema = pageSchema(quarantinedEntrySchema).meta({
  id: 'QuarantinePage',
});

/** A line of the journal as a person reads it. */
const journalLineSchema = z.strictObject({
  seq: z.int().positive(),
  hash: sha256Schema,
  /** Null where the bytes cannot be read. */
  kind: z.string().nullable(),
  at: instantSchema.nullable(),
  verdict: z.enum(['accepted', 'quarantined', 'not-judged']),
});

/** All that helps to decide about one entry. */
export const quarantineDetailsSchema = z
  .strictObject({
    entry: quarantinedEntrySchema,
    /** The bytes as they arrived, in Base64. */
    bodyBase64: z.string(),
    isSigned: z.boolean(),
    receivedAt: instantSchema,
    /** What it says; null, with `unreadable` saying why, where it cannot be read. */
    body: jsonValueSchema.nullable(),
    unreadable: z.string().nullable(),
    raffleEventId: idSchema<RaffleEventId>().nullable(),
    amountMinor: minorUnitsSchema.nullable(),
    /** Why it cannot be accepted; null if it can. */
    obstacle: z.string().nullable(),
    /** The entries right before and after it, of both branches where there are two. */
    neighbours: z.array(journalLineSchema),
    /** Orders that hold one of its numbers already. */
    rivalOrderIds: z.array(idSchema<OrderId>()),
    voidRequests: z.array(voidRequestSchema),
    refunds: z.array(refundSchema),
  })
  .meta({ id: 'QuarantineDetails' });

export type QuarantineDetails = z.infer<typeof quarantineDetailsSchema>;

/** Accepted, its rows count; linked, it was the second account of a sale that counts already. */
export const quarantineResolutionSchema = z
  .discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('accept'), reason: reasonSchema }),
    z.strictObject({
      outcome: z.literal('link'),
      reason: reasonSchema,
      orderIds: z.array(idSchema<OrderId>()).min(1).max(50),
    }),
  ])
  .meta({ id: 'QuarantineResolution' });

export type QuarantineResolution = z.infer<typeof quarantineResolutionSchema>;
