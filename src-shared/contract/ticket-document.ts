import { z } from 'zod';
import type { TicketDocument } from '#shared/domain/ticket-document.ts';
import { textSchema } from './values.ts';

const ticketElementSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: textSchema(500),
    align: z.enum(['left', 'centre', 'right']),
    size: z.enum(['normal', 'large', 'huge']),
    isBold: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('pair'), label: textSchema(60), value: textSchema(200) }),
  z.strictObject({
    kind: z.literal('numbers'),
    values: z.array(textSchema(60)).max(10_000),
    size: z.enum(['normal', 'large']),
  }),
  z.strictObject({ kind: z.literal('rule') }),
  z.strictObject({ kind: z.literal('blank') }),
  z.strictObject({ kind: z.literal('code128'), value: z.string().regex(/^[\x20-\x7e]{1,48}$/) }),
  z.strictObject({ kind: z.literal('qr'), value: textSchema(300) }),
]);

/** A whole ticket as it crosses a boundary. */
export const ticketDocumentSchema: z.ZodType<TicketDocument, TicketDocument> = z.strictObject({
  elements: z.array(ticketElementSchema),
});
