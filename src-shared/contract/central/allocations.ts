import { z } from 'zod';
import type {
  AllocationId,
  RaffleEventId,
  RequestId,
  ValidationBlockId,
} from '#shared/kernel/ids.ts';
import { allocationSchema, validationBlockSchema } from '../mirror/numbers.ts';
import { idSchema } from '../values.ts';
import { answerFields } from './control.ts';

/** A till asks for more numbers. The same request id again gets the same answer. */
export const allocationRequestSchema = z.strictObject({
  requestId: idSchema<RequestId>(),
  raffleEventId: idSchema<RaffleEventId>(),
  drawNumbersLeft: z.int().nonnegative(),
  validationNumbersLeft: z.int().nonnegative(),
});

export type AllocationRequest = z.infer<typeof allocationRequestSchema>;

/** What was granted; either list may be empty when the till holds enough of it. */
export const allocationAnswerSchema = z.strictObject({
  allocations: z.array(allocationSchema),
  validationBlocks: z.array(validationBlockSchema),
  ...answerFields,
});

export type AllocationAnswer = z.infer<typeof allocationAnswerSchema>;

/** After the central's epoch changed, each till reports what it holds before anything is dealt. */
export const holdingsReportSchema = z.strictObject({
  allocations: z.array(
    z.strictObject({
      allocationId: idSchema<AllocationId>(),
      raffleEventId: idSchema<RaffleEventId>(),
      indices: z.strictObject({ from: z.int().nonnegative(), to: z.int().nonnegative() }),
      nextIndex: z.int().nonnegative(),
    }),
  ),
  validationBlocks: z.array(
    z.strictObject({
      validationBlockId: idSchema<ValidationBlockId>(),
      raffleEventId: idSchema<RaffleEventId>(),
      prefix: z.string().regex(/^\d{8}$/),
      nextSequence: z.int().positive(),
    }),
  ),
});

export type HoldingsReport = z.infer<typeof holdingsReportSchema>;

export const holdingsAnswerSchema = z.strictObject({ ...answerFields });
