import { z } from 'zod';
import { instantSchema, numberRangeSchema, textSchema } from '#shared/contract/values.ts';

/** What `raffle_events.configuration` holds. */
export const raffleEventConfigurationSchema = z.strictObject({
  salesStart: instantSchema,
  salesEnd: instantSchema,
  drawAt: instantSchema.nullable(),
  licenceNumber: textSchema(40).nullable(),
});

/** When a raffle event sells, and under which licence. */
export type RaffleEventConfiguration = z.infer<typeof raffleEventConfigurationSchema>;

/** What `raffle_events.ticket_allocation` holds. */
export const numberPlanSchema = z.strictObject({
  numberSpace: numberRangeSchema,
  /** How many draw numbers a till gets at a time. */
  allocationSize: z.int().positive().max(20_000),
  /** How many validation numbers a block makes. */
  validationBlockSize: z.int().positive().max(99_999_999),
});

/** Which numbers a raffle event sells, and in which portions tills get them. */
export type NumberPlan = z.infer<typeof numberPlanSchema>;
