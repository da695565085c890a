import { z } from 'zod';
import type { CheckoutId, OrderId } from '#shared/kernel/ids.ts';
import { ticketDocumentSchema } from '../ticket-document.ts';
import { idSchema, instantSchema, moneySchema, textSchema } from '../values.ts';
import { ticketProgressSchema } from './snapshot.ts';

/** An order on the list. */
export const orderSummarySchema = z.strictObject({
  orderId: idSchema<OrderId>(),
  checkoutId: idSchema<CheckoutId>(),
  validationNumber: z.string(),
  packageName: textSchema(40),
  numberCount: z.int().positive(),
  firstDrawNumber: z.int().nonnegative(),
  amount: moneySchema,
  soldAt: instantSchema,
  sellerName: textSchema(60),
  standing: z.enum(['saved', 'sent', 'under-review']),
  ticket: ticketProgressSchema,
  reprintCount: z.int().nonnegative(),
});

export type OrderSummary = z.infer<typeof orderSummarySchema>;

/** One order with all that is known of it. */
export const orderDetailsSchema = z.strictObject({
  ...orderSummarySchema.shape,
  /** Inclusive, as people read them. */
  drawNumbers: z.array(z.strictObject({ first: z.int(), last: z.int() })),
  reviewReason: textSchema(200).nullable(),
  /** What the original shows on paper. */
  document: ticketDocumentSchema,
});

export type OrderDetails = z.infer<typeof orderDetailsSchema>;
