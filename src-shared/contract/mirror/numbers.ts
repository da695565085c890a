import { z } from 'zod';
import { LARGEST_DRAW_NUMBER } from '#shared/kernel/draw-numbers.ts';
import type { AllocationId, RaffleEventId, ValidationBlockId } from '#shared/kernel/ids.ts';
import { base64Schema, idSchema, instantSchema, numberRangeSchema } from '../values.ts';

/**
 * Draw numbers handed to one till for one raffle event.
 *
 * Orders keep ranges of indices. In a sequential allocation the index is the draw number; in a
 * random one index `i` stands for `numbers[i]`, and `indices` starts at 0.
 */
export const allocationSchema = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('sequential'),
    allocationId: idSchema<AllocationId>(),
    raffleEventId: idSchema<RaffleEventId>(),
    indices: numberRangeSchema,
  }),
  z.strictObject({
    mode: z.literal('random'),
    allocationId: idSchema<AllocationId>(),
    raffleEventId: idSchema<RaffleEventId>(),
    indices: numberRangeSchema,
    numbers: z.array(z.int().min(0).max(LARGEST_DRAW_NUMBER)).min(1).max(20_000),
  }),
]);

export type Allocation = z.infer<typeof allocationSchema>;

/** Validation numbers handed to one till: a prefix that is unique for ever, and how many it may make. */
const validationBlockFields = {
  validationBlockId: idSchema<ValidationBlockId>(),
  raffleEventId: idSchema<RaffleEventId>(),
  prefix: z.string().regex(/^\d{8}$/),
  /** Sequences run from 1 to this. */
  size: z.int().positive().max(99_999_999),
  expiresAt: instantSchema.nullable(),
};

/** A validation block on the way from the central: with its key in the clear, over an encrypted line. */
export const validationBlockSchema = z.strictObject({
  ...validationBlockFields,
  key: base64Schema(32),
});

export type ValidationBlock = z.infer<typeof validationBlockSchema>;

/** A validation block at rest: its key wrapped by the till's storage key. */
export const storedValidationBlockSchema = z.strictObject({
  ...validationBlockFields,
  wrappedKey: base64Schema(),
});

export type StoredValidationBlock = z.infer<typeof storedValidationBlockSchema>;
