import { z } from 'zod';
import { LARGEST_DRAW_NUMBER } from '#shared/kernel/draw-numbers.ts';
import type {
  DrawExecutionId,
  DrawResultId,
  PrizeId,
  SecondDrawRequestId,
  UserId,
} from '#shared/kernel/ids.ts';
import {
  currencySchema,
  idSchema,
  instantSchema,
  minorUnitsSchema,
  sha256Schema,
  textSchema,
} from '../../values.ts';

export const drawNumberSchema = z.int().min(0).max(LARGEST_DRAW_NUMBER);

/** Why something is done, in a person's words. */
export const reasonSchema = textSchema(400).min(1);

/** The numbers of a raffle event that can win nothing, and who said that they are in order. */
export const voidsSchema = z
  .strictObject({
    voidedCount: z.int().nonnegative(),
    misprintedCount: z.int().nonnegative(),
    /** Of the numbers, as docs/draw.md hashes a pool: an acknowledgement names what it saw. */
    numbersSha256: sha256Schema,
    /** Voided or misprinted although a counterfoil was printed: take it out of the drum (GLI-31 2.6.3). */
    withPrintedCounterfoil: z.array(drawNumberSchema),
    /** Null until somebody has acknowledged these very numbers. */
    acknowledgement: z
      .strictObject({ acknowledgedBy: idSchema<UserId>(), acknowledgedAt: instantSchema })
      .nullable(),
  })
  .meta({ id: 'Voids' });

export type Voids = z.infer<typeof voidsSchema>;

/** The voids that a person has looked at, as `Voids` shows them. */
export const voidAcknowledgementSchema = z
  .strictObject({ numbersSha256: sha256Schema })
  .meta({ id: 'VoidAcknowledgement' });

/** Why nothing can be drawn yet. */
export const drawObstacleSchema = z.enum([
  'raffle-event.not-reconciled',
  'voids.not-acknowledged',
  'counterfoils.differ',
  'prizes.all-drawn',
  'pool.empty',
]);

export type DrawObstacle = z.infer<typeof drawObstacleSchema>;

export const drawReadinessSchema = z
  .strictObject({
    obstacles: z.array(drawObstacleSchema),
    inPlayCount: z.int().nonnegative(),
    /** Electronic counterfoils of the numbers in play; the same count, or nothing is drawn. */
    counterfoilCount: z.int().nonnegative(),
    netSalesMinor: minorUnitsSchema,
    currency: currencySchema,
    prizesToDraw: z.array(
      z.strictObject({
        prizeId: idSchema<PrizeId>(),
        name: z.string(),
        winnerCount: z.int().positive(),
        valueMinor: minorUnitsSchema,
      }),
    ),
  })
  .meta({ id: 'DrawReadiness' });

export type DrawReadiness = z.infer<typeof drawReadinessSchema>;

/** A number that was drawn for a prize. */
export const drawResultSchema = z
  .strictObject({
    drawResultId: idSchema<DrawResultId>(),
    drawExecutionId: idSchema<DrawExecutionId>(),
    prizeId: idSchema<PrizeId>(),
    prizeName: z.string(),
    /** The order within its draw, from 1. */
    order: z.int().positive(),
    drawNumber: drawNumberSchema,
    valueMinor: minorUnitsSchema,
    currency: currencySchema,
    selectedAt: instantSchema,
    /** The result whose place this one took. */
    replaces: idSchema<DrawResultId>().nullable(),
    /** Null while this is the result that counts. */
    replacedBy: idSchema<DrawResultId>().nullable(),
  })
  .meta({ id: 'DrawResult' });

export type DrawResult = z.infer<typeof drawResultSchema>;

export const drawResultsSchema = z
  .strictObject({ results: z.array(drawResultSchema) })
  .meta({ id: 'DrawResults' });

/** One draw: when, by whom, from what, with which outcome. */
export const drawSchema = z
  .strictObject({
    drawExecutionId: idSchema<DrawExecutionId>(),
    state: z.enum(['pending', 'in_progress', 'completed', 'failed']),
    method: z.enum(['electronic', 'manual']),
    startedAt: instantSchema,
    conductedBy: idSchema<UserId>(),
    programChecksum: sha256Schema,
    poolSha256: sha256Schema,
    poolSize: z.int().positive(),
    netSalesMinor: minorUnitsSchema,
    results: z.array(drawResultSchema),
  })
  .meta({ id: 'Draw' });

export type Draw = z.infer<typeof drawSchema>;

export const drawsSchema = z.strictObject({ draws: z.array(drawSchema) }).meta({ id: 'Draws' });

/** Which prizes to draw, in this order. Absent: all that have not been drawn, by their position. */
export const newDrawSchema = z
  .strictObject({ prizeIds: z.array(idSchema<PrizeId>()).min(1).max(20).optional() })
  .meta({ id: 'NewDraw' });

/** A counterfoil that was drawn by hand, for one prize. Numbers as scanned or typed. */
export const manualDrawSchema = z
  .strictObject({
    prizeId: idSchema<PrizeId>(),
    drawNumber: drawNumberSchema,
    validationNumber: textSchema(40),
  })
  .meta({ id: 'ManualDraw' });

export type ManualDraw = z.infer<typeof manualDrawSchema>;

export const newSecondDrawRequestSchema = z
  .strictObject({ reason: reasonSchema })
  .meta({ id: 'NewSecondDrawRequest' });

/** A wish to draw again for one result. Another person decides. */
export const secondDrawRequestSchema = z
  .strictObject({
    secondDrawRequestId: idSchema<SecondDrawRequestId>(),
    drawResultId: idSchema<DrawResultId>(),
    reason: z.string(),
    requestedBy: idSchema<UserId>(),
    requestedAt: instantSchema,
    decision: z.enum(['approved', 'refused']).nullable(),
    decidedBy: idSchema<UserId>().nullable(),
    decidedAt: instantSchema.nullable(),
    /** The second draw, where it was approved. */
    drawExecutionId: idSchema<DrawExecutionId>().nullable(),
  })
  .meta({ id: 'SecondDrawRequest' });

export type SecondDrawRequest = z.infer<typeof secondDrawRequestSchema>;

export const secondDrawRequestsSchema = z
  .strictObject({ requests: z.array(secondDrawRequestSchema) })
  .meta({ id: 'SecondDrawRequests' });

export const secondDrawDecisionSchema = z
  .strictObject({ decision: z.enum(['approved', 'refused']) })
  .meta({ id: 'SecondDrawDecision' });
