import { z } from 'zod';
import type { CommandId, RsuId, UserId } from '#shared/kernel/ids.ts';
import { commandBodySchema } from '../../mirror/commands.ts';
import { idSchema, instantSchema, textSchema } from '../../values.ts';
import { pageQuery, pageSchema } from './paging.ts';
import { resultsSchema, rsuIdsSchema, rsuItem } from './rsus.ts';

/** What people tell tills. A void of an order is asked for with the order, not here. */
export const newCommandSchema = z
  .strictObject({
    rsuIds: rsuIdsSchema,
    kind: z.enum(['come-home', 'disable', 'message']),
    text: textSchema(200).trim().min(1),
  })
  .meta({ id: 'NewCommand' });

export type NewCommand = z.infer<typeof newCommandSchema>;

export const commandResultsSchema = resultsSchema(rsuItem, {
  commandId: idSchema<CommandId>(),
}).meta({ id: 'CommandResults' });

export type CommandResults = z.infer<typeof commandResultsSchema>;

/** A command and what became of it. */
export const commandRecordSchema = z
  .strictObject({
    commandId: idSchema<CommandId>(),
    rsuId: idSchema<RsuId>(),
    rsuName: z.string(),
    body: commandBodySchema,
    issuedBy: idSchema<UserId>(),
    issuedAt: instantSchema,
    state: z.enum(['open', 'seen', 'done', 'refused', 'withdrawn']),
    answerReason: z.string().nullable(),
    answeredAt: instantSchema.nullable(),
  })
  .meta({ id: 'CommandRecord' });

export type CommandRecord = z.infer<typeof commandRecordSchema>;

export const commandQuerySchema = z.strictObject({
  ...pageQuery,
  rsuId: idSchema<RsuId>().optional(),
  state: commandRecordSchema.shape.state.optional(),
});

export type CommandQuery = z.infer<typeof commandQuerySchema>;

export const commandPageSchema = pageSchema(commandRecordSchema).meta({ id: 'CommandPage' });
