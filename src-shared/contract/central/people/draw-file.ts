import { z } from 'zod';
import { SEED_BYTES } from '#shared/domain/draw/raw-values.ts';
import { LARGEST_DRAW_NUMBER } from '#shared/kernel/draw-numbers.ts';
import type { DrawExecutionId, PrizeId, RaffleEventId } from '#shared/kernel/ids.ts';
import {
  currencySchema,
  idSchema,
  instantSchema,
  minorUnitsSchema,
  sha256Schema,
} from '../../values.ts';

const drawNumberSchema = z.int().min(0).max(LARGEST_DRAW_NUMBER);

/**
 * An electronic draw with all that its outcome follows from, for whoever wants to work it out again
 * (`scripts/verify-draw.mjs`; docs/draw.md describes it).
 */
export const drawFileSchema = z
  .strictObject({
    format: z.literal('counterfoil-draw'),
    version: z.literal(1),
    raffleEventId: idSchema<RaffleEventId>(),
    eventIdentifier: z.string(),
    drawExecutionId: idSchema<DrawExecutionId>(),
    method: z.literal('electronic'),
    drawnAt: instantSchema,
    programChecksum: sha256Schema,
    seed: z.string().regex(new RegExp(`^[0-9a-f]{${2 * SEED_BYTES}}$`)),
    pool: z.strictObject({
      sha256: sha256Schema,
      size: z.int().nonnegative(),
      /** First and last number of each run, ascending. */
      ranges: z.array(z.tuple([drawNumberSchema, drawNumberSchema])),
    }),
    staysIn: z.boolean(),
    currency: currencySchema,
    netSalesMinor: minorUnitsSchema,
    prizes: z.array(
      z.strictObject({
        prizeId: idSchema<PrizeId>(),
        name: z.string(),
        winnerCount: z.int().positive(),
        award: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('fixed'), valueMinor: minorUnitsSchema }),
          z.strictObject({
            kind: z.literal('percentage'),
            hundredthsOfPercent: z.int().min(0).max(10_000),
            capMinor: minorUnitsSchema.nullable(),
          }),
        ]),
      }),
    ),
    results: z.array(
      z.strictObject({
        order: z.int().positive(),
        prizeId: idSchema<PrizeId>(),
        drawNumber: drawNumberSchema,
        valueMinor: minorUnitsSchema,
      }),
    ),
  })
  .meta({ id: 'DrawFile' });

export type DrawFile = z.infer<typeof drawFileSchema>;
