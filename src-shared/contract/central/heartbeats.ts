import { z } from 'zod';
import type { OperatorId, RaffleEventId } from '#shared/kernel/ids.ts';
import { softwareSchema } from '../journal/terminal-entries.ts';
import { jackpotSchema } from '../mirror/raffle-event.ts';
import { idSchema, sha256Schema } from '../values.ts';
import { answerFields } from './control.ts';

/** What a till says of itself, so that a lost one has a last known count (GLI-31 2.8.1g). */
export const heartbeatSchema = z.strictObject({
  software: softwareSchema,
  raffleEventId: idSchema<RaffleEventId>().nullable(),
  operatorId: idSchema<OperatorId>().nullable(),
  headSeq: z.int().nonnegative(),
  headHash: sha256Schema,
  unsentEntries: z.int().nonnegative(),
  totals: z.strictObject({
    orderCount: z.int().nonnegative(),
    grossMinor: z.int().nonnegative(),
  }),
});

export type Heartbeat = z.infer<typeof heartbeatSchema>;

/** The running jackpot of the chosen raffle event, if it has one. */
export const heartbeatAnswerSchema = z.strictObject({
  jackpot: jackpotSchema.nullable(),
  nextInSeconds: z.int().positive(),
  ...answerFields,
});

export type HeartbeatAnswer = z.infer<typeof heartbeatAnswerSchema>;

/** Whether the central is up, for people and load balancers. */
export const healthAnswerSchema = z.strictObject({
  status: z.literal('up'),
  version: z.string(),
  epoch: z.int().positive(),
});
