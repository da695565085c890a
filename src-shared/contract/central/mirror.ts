import { z } from 'zod';
import { mirrorSchema, mirrorVersionSchema } from '../mirror/mirror.ts';
import { instantSchema } from '../values.ts';
import { answerFields } from './control.ts';

/** What the device has; absent on the first call. */
export const mirrorQuerySchema = z.strictObject({
  since: mirrorVersionSchema.optional(),
  /** The `asOf` of that version: what became of orders long before then is not sent again. */
  resolutionsSince: instantSchema.optional(),
});

export type MirrorQuery = z.infer<typeof mirrorQuerySchema>;

/** `mirror` is null when the device already has the newest. */
export const mirrorAnswerSchema = z.strictObject({
  mirror: mirrorSchema.nullable(),
  ...answerFields,
});

export type MirrorAnswer = z.infer<typeof mirrorAnswerSchema>;

/** The name of the only server-sent event of the stream: its data is a `Control` as JSON. */
export const STREAM_EVENT = 'control';
