import { z } from 'zod';
import type { ChainId } from '#shared/kernel/ids.ts';
import { journalEntrySchema } from '../journal/journal-entry.ts';
import { idSchema, sha256Schema, textSchema } from '../values.ts';
import { answerFields } from './control.ts';

/** The most entries of one upload. */
export const MOST_ENTRIES_PER_UPLOAD = 500;

/** The most bytes of entry bodies of one upload; a single entry always fits. */
export const MOST_BYTES_PER_UPLOAD = 1_000_000;

/** Entries after the high water, in order. */
export const journalUploadSchema = z.strictObject({
  chainId: idSchema<ChainId>(),
  entries: z.array(journalEntrySchema).max(MOST_ENTRIES_PER_UPLOAD),
});

export type JournalUpload = z.infer<typeof journalUploadSchema>;

/** Why an entry waits for a person. */
export const quarantineReasonSchema = z.enum([
  'not-readable',
  'unknown-kind',
  'chain-broken',
  'chain-forked',
  'signature-invalid',
  'depends-on-quarantined',
  'raffle-event-unknown',
  'package-unknown',
  'number-outside-allocation',
  'number-already-sold',
  'numbers-hash-differs',
  'validation-number-outside-block',
  'validation-number-already-used',
  'amount-differs',
  'running-totals-differ',
  'after-effective-close',
  'after-reconciliation',
  'device-stopped',
  'cannot-be-projected',
]);

export type QuarantineReason = z.infer<typeof quarantineReasonSchema>;

/** What the central made of one entry. A repeat gets its first verdict, marked `isRepeated`. */
export const verdictSchema = z.discriminatedUnion('verdict', [
  z.strictObject({
    verdict: z.literal('accepted'),
    seq: z.int().positive(),
    hash: sha256Schema,
    isRepeated: z.boolean(),
  }),
  z.strictObject({
    verdict: z.literal('quarantined'),
    seq: z.int().positive(),
    hash: sha256Schema,
    isRepeated: z.boolean(),
    reason: quarantineReasonSchema,
    detail: textSchema(400),
  }),
]);

export type Verdict = z.infer<typeof verdictSchema>;

/** Where the central's copy of a chain stands, and the sums up to there. */
export const chainStandingSchema = z.strictObject({
  highWaterSeq: z.int().nonnegative(),
  /** The hash at the high water; the genesis hash at 0. */
  headHash: sha256Schema,
  totals: z.strictObject({
    /** Orders in stored entries up to the high water, under review or not. */
    orderCount: z.int().nonnegative(),
    grossMinor: z.int().nonnegative(),
    /** How many of those orders are under review. */
    quarantinedOrderCount: z.int().nonnegative(),
  }),
});

export type ChainStanding = z.infer<typeof chainStandingSchema>;

/** The central's high water wins: a device goes on from there, forward or back. */
export const journalUploadAnswerSchema = z.strictObject({
  ...chainStandingSchema.shape,
  verdicts: z.array(verdictSchema),
  ...answerFields,
});

export type JournalUploadAnswer = z.infer<typeof journalUploadAnswerSchema>;

/** Where the chain stands, without sending anything. */
export const journalHeadAnswerSchema = z.strictObject({
  ...chainStandingSchema.shape,
  ...answerFields,
});

/** Entries of the device's own chain after `after`, for a till that lost its own. */
export const journalDownloadQuerySchema = z.strictObject({
  after: z.coerce.number().int().nonnegative(),
});

export const journalDownloadAnswerSchema = z.strictObject({
  entries: z.array(journalEntrySchema),
  ...chainStandingSchema.shape,
  ...answerFields,
});
