import { z } from 'zod';
import { textSchema } from './values.ts';

/**
 * A ticket without a printer: what stands on it, line by line.
 *
 * Renderers turn it into printer bytes, into a picture on the screen, or into plain text for tests.
 */
export const ticketElementSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: textSchema(500),
    align: z.enum(['left', 'centre', 'right']),
    size: z.enum(['normal', 'large', 'huge']),
    isBold: z.boolean(),
  }),
  /** A label on the left and its value on the right. */
  z.strictObject({ kind: z.literal('pair'), label: textSchema(60), value: textSchema(200) }),
  z.strictObject({ kind: z.literal('rule') }),
  z.strictObject({ kind: z.literal('blank') }),
  z.strictObject({ kind: z.literal('code128'), value: z.string().regex(/^[\x20-\x7e]{1,48}$/) }),
  z.strictObject({ kind: z.literal('qr'), value: textSchema(300) }),
]);

export type TicketElement = z.infer<typeof ticketElementSchema>;

/** A whole ticket, top to bottom. The renderer feeds and cuts after the last element. */
export const ticketDocumentSchema = z.strictObject({ elements: z.array(ticketElementSchema) });

export type TicketDocument = z.infer<typeof ticketDocumentSchema>;
