import { z } from 'zod';
import { LARGEST_DRAW_NUMBER } from '#shared/kernel/draw-numbers.ts';
import type { AllocationId, CommandId, RaffleEventId } from '#shared/kernel/ids.ts';
import { idSchema, textSchema } from '../values.ts';

/**
 * The till gives back what it has not sold of an allocation, from `from` to the end. It never sells of
 * it again; the central may deal these numbers anew once it has this entry.
 */
export const allocationReturnedSchema = z.strictObject({
  raffleEventId: idSchema<RaffleEventId>(),
  allocationId: idSchema<AllocationId>(),
  from: z.int().min(0).max(LARGEST_DRAW_NUMBER),
});

/** What became of a command of the central: somebody saw it, it was done, or it cannot be. */
export const commandAnsweredSchema = z.strictObject({
  commandId: idSchema<CommandId>(),
  answer: z.enum(['seen', 'done', 'refused']),
  reason: textSchema(200).nullable(),
});
