import { z } from 'zod';
import type { OperatorId, OrderId, PrintJobId } from '#shared/kernel/ids.ts';
import { idSchema, textSchema } from '../values.ts';

/** The first byte of a ticket is about to leave. */
export const printStartedSchema = z.strictObject({
  printJobId: idSchema<PrintJobId>(),
  /** Counts the times this job's bytes were sent, from 1. */
  attempt: z.int().positive(),
});

/**
 * How a print job ended.
 *
 * - `printed`: the printer said so
 * - `sent-not-proven`: all bytes left and nothing went wrong, but this printer cannot prove more
 * - `not-sent`: nothing left, so printing it again is safe
 * - `unknown`: something left and nobody knows what is on paper
 */
export const printOutcomeSchema = z.enum(['printed', 'sent-not-proven', 'not-sent', 'unknown']);

export type PrintOutcome = z.infer<typeof printOutcomeSchema>;

/** A print job ended. */
export const printFinishedSchema = z.strictObject({
  printJobId: idSchema<PrintJobId>(),
  outcome: printOutcomeSchema,
  detail: textSchema(200),
});

/** What a person sees on the paper. */
export const paperAnswerSchema = z.enum(['complete', 'torn', 'nothing']);

export type PaperAnswer = z.infer<typeof paperAnswerSchema>;

/** A person answered "did it print?". */
export const printAnsweredSchema = z.strictObject({
  printJobId: idSchema<PrintJobId>(),
  answer: paperAnswerSchema,
});

/** A copy of a ticket was ordered. It carries the same numbers and the word REPRINT. */
export const reprintOrderedSchema = z.strictObject({
  printJobId: idSchema<PrintJobId>(),
  orderId: idSchema<OrderId>(),
  /** 1 for the first copy after the original. */
  copyNumber: z.int().positive(),
  reason: textSchema(200),
  approvedBy: idSchema<OperatorId>(),
});
