import { z } from 'zod';
import type { OperatorId, RaffleEventId } from '#shared/kernel/ids.ts';
import { mirrorFactsSchema, mirrorPlaceFields, resolutionSchema } from '../mirror/mirror.ts';
import { storedOperatorSchema } from '../mirror/operator.ts';
import { raffleEventSchema } from '../mirror/raffle-event.ts';
import { idSchema } from '../values.ts';

/** One thing that a version of the mirror says otherwise than the till knew it. */
const mirrorChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('facts'), facts: mirrorFactsSchema }),
  /** A raffle event that is new, or has changed. */
  z.strictObject({ kind: z.literal('raffle-event'), raffleEvent: raffleEventSchema }),
  /** Which raffle events the mirror names, in its order. */
  z.strictObject({
    kind: z.literal('raffle-events-listed'),
    raffleEventIds: z.array(idSchema<RaffleEventId>()),
  }),
  /** A person who is new, has changed, or is named again. */
  z.strictObject({ kind: z.literal('operator'), operator: storedOperatorSchema }),
  /** A person whom the mirror no longer names. */
  z.strictObject({ kind: z.literal('operator-unlisted'), operatorId: idSchema<OperatorId>() }),
  z.strictObject({ kind: z.literal('resolution'), resolution: resolutionSchema }),
]);

export type MirrorChange = z.infer<typeof mirrorChangeSchema>;

/**
 * A version of the mirror arrived, and this is what it changed.
 *
 * A large one takes several entries that follow each other directly; all of them hold with the last.
 */
export const mirrorReceivedSchema = z.strictObject({
  ...mirrorPlaceFields,
  /** From 1 to `parts`. */
  part: z.int().positive(),
  parts: z.int().positive(),
  changes: z.array(mirrorChangeSchema),
});
