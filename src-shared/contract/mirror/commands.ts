import { z } from 'zod';
import type { CommandId, OrderId } from '#shared/kernel/ids.ts';
import { idSchema, instantSchema, textSchema } from '../values.ts';

/** Why an order is to be void: a closed list, so that reports can count them (GLI-31 2.3.3). */
export const voidReasonSchema = z.enum([
  'wrong-package',
  'not-paid',
  'changed-mind',
  'sold-twice',
  'trial-sale',
  'sold-after-end',
  'till-fault',
  'other',
]);

/** What people may want of a till, without the command's id and time: as it is kept. */
export const commandBodySchema = z
  .discriminatedUnion('kind', [
    /** The seller is wanted back, with the till. It goes on selling meanwhile. */
    z.strictObject({ kind: z.literal('come-home'), text: textSchema(200) }),
    /** The till has been disabled, and the seller is told why. What stops sales is `control`. */
    z.strictObject({ kind: z.literal('disable'), text: textSchema(200) }),
    z.strictObject({ kind: z.literal('message'), text: textSchema(200).min(1) }),
    /** An order of this till is to be voided here: only its own till voids it while it sells. */
    z.strictObject({
      kind: z.literal('void-request'),
      orderId: idSchema<OrderId>(),
      reason: voidReasonSchema,
      note: textSchema(200),
    }),
  ])
  .meta({ id: 'CommandBody' });

export type CommandBody = z.infer<typeof commandBodySchema>;

/**
 * A command on its way. `body` is a `CommandBody`, or that of a kind which a newer central knows: a
 * till leaves alone what it cannot read, and never answers it.
 */
export const commandSchema = z.strictObject({
  commandId: idSchema<CommandId>(),
  issuedAt: instantSchema,
  body: z.looseObject({ kind: textSchema(40) }),
});

export type Command = z.infer<typeof commandSchema>;

/** What a command says; `undefined` if this program does not know its kind. */
export function readCommand({ body }: Command): CommandBody | undefined {
  return commandBodySchema.safeParse(body).data;
}

/** The most commands of one mirror: the oldest that are not answered come first. */
export const MOST_COMMANDS = 100;
