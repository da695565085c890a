import { z } from 'zod';
import type {
  CorruptionId,
  MissingReportId,
  OperatorId,
  RaffleEventId,
  RsuId,
  UserId,
} from '#shared/kernel/ids.ts';
import { idSchema, instantSchema } from '../../values.ts';
import { pageQuery, pageSchema } from './paging.ts';
import { reasonSchema } from './rsus.ts';

/** All that is known of a till that may be lost, at one moment. */
export const lastKnownFactsSchema = z
  .strictObject({
    /** What the till last said of itself; null if it never did. */
    report: z
      .strictObject({
        receivedAt: instantSchema,
        raffleEventId: idSchema<RaffleEventId>().nullable(),
        operatorId: idSchema<OperatorId>().nullable(),
        operatorName: z.string().nullable(),
        headSeq: z.int(),
        unsentEntries: z.int(),
        orderCount: z.int(),
        grossMinor: z.int(),
      })
      .nullable(),
    /** Entries of the same journal that have arrived, and what they sold. */
    arrived: z
      .strictObject({ highWaterSeq: z.int(), orderCount: z.int(), grossMinor: z.int() })
      .nullable(),
    /** Sales that the till spoke of and that have not arrived. */
    unreported: z.strictObject({ orderCount: z.int(), grossMinor: z.int() }),
    /** Its numbers by raffle event. `open`: neither sold nor given back, as far as is known. */
    numbers: z.array(
      z.strictObject({
        raffleEventId: idSchema<RaffleEventId>(),
        eventIdentifier: z.string(),
        issued: z.int(),
        sold: z.int(),
        voided: z.int(),
        open: z.int(),
      }),
    ),
  })
  .meta({ id: 'LastKnownFacts' });

export type LastKnownFacts = z.infer<typeof lastKnownFactsSchema>;

/** A till is gone: it is disabled at once. */
export const newMissingReportSchema = z
  .strictObject({ reason: reasonSchema })
  .meta({ id: 'NewMissingReport' });

/** How it ended: the till is back, its journal was imported, or it is in the corruption log. */
export const missingOutcomeSchema = z
  .strictObject({ outcome: z.enum(['back', 'imported', 'given-up']) })
  .meta({ id: 'MissingOutcome' });

export type MissingOutcome = z.infer<typeof missingOutcomeSchema>;

export const missingReportSchema = z
  .strictObject({
    missingReportId: idSchema<MissingReportId>(),
    rsuId: idSchema<RsuId>(),
    rsuName: z.string(),
    reason: z.string(),
    /** As they were known when the till was reported. */
    facts: lastKnownFactsSchema,
    reportedBy: idSchema<UserId>(),
    reportedAt: instantSchema,
    outcome: missingOutcomeSchema.shape.outcome.nullable(),
    endedBy: idSchema<UserId>().nullable(),
    endedAt: instantSchema.nullable(),
  })
  .meta({ id: 'MissingReport' });

export type MissingReport = z.infer<typeof missingReportSchema>;

export const missingReportQuerySchema = z.strictObject({
  ...pageQuery,
  isOpen: z.enum(['true', 'false']).optional(),
});

export const missingReportPageSchema = pageSchema(missingReportSchema).meta({
  id: 'MissingReportPage',
});

/** A till that can never be reconciled for a raffle event. Another person has to confirm it. */
export const newCorruptionSchema = z
  .strictObject({
    rsuId: idSchema<RsuId>(),
    raffleEventId: idSchema<RaffleEventId>(),
    reason: reasonSchema,
  })
  .meta({ id: 'NewCorruption' });

export type NewCorruption = z.infer<typeof newCorruptionSchema>;

/** One line of the RSU corruption log (GLI-31 2.8.1g). */
export const corruptionSchema = z
  .strictObject({
    corruptionId: idSchema<CorruptionId>(),
    rsuId: idSchema<RsuId>(),
    rsuName: z.string(),
    raffleEventId: idSchema<RaffleEventId>(),
    reason: z.string(),
    operatorId: idSchema<OperatorId>().nullable(),
    operatorName: z.string().nullable(),
    /** As the till last said, in minor units of the organisation's currency. */
    moneyCollectedMinor: z.int(),
    state: z.enum(['entered', 'confirmed', 'withdrawn']),
    enteredBy: idSchema<UserId>(),
    enteredAt: instantSchema,
    confirmedBy: idSchema<UserId>().nullable(),
    confirmedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Corruption' });

export type Corruption = z.infer<typeof corruptionSchema>;

export const corruptionQuerySchema = z.strictObject({
  ...pageQuery,
  raffleEventId: idSchema<RaffleEventId>().optional(),
});

export const corruptionPageSchema = pageSchema(corruptionSchema).meta({ id: 'CorruptionPage' });

/** Another person's word on an entry. `withdrawn` is also for the one who entered it by mistake. */
export const corruptionDecisionSchema = z
  .strictObject({ decision: z.enum(['confirmed', 'withdrawn']) })
  .meta({ id: 'CorruptionDecision' });

export type CorruptionDecision = z.infer<typeof corruptionDecisionSchema>;
