import { z } from 'zod';
import type { OrderId, QuarantineId, UserId, VoidRequestId } from '#shared/kernel/ids.ts';
import { voidReasonSchema } from '../../mirror/commands.ts';
import { idSchema, instantSchema, minorUnitsSchema, textSchema } from '../../values.ts';
import { reasonSchema } from './draws.ts';
import { pageQuery, pageSchema } from './paging.ts';

/** Somebody asks that an order, or a sale under review, be voided. */
export const newVoidRequestSchema = z
  .strictObject({ reason: voidReasonSchema, note: textSchema(200).min(1) })
  .meta({ id: 'NewVoidRequest' });

export type NewVoidRequest = z.infer<typeof newVoidRequestSchema>;

/**
 * A request for a void.
 *
 * `executor`: a till that still sells voids its own orders and was told to; everything else is voided
 * here, after another person approved.
 */
export const voidRequestSchema = z
  .strictObject({
    voidRequestId: idSchema<VoidRequestId>(),
    orderId: idSchema<OrderId>().nullable(),
    quarantineId: idSchema<QuarantineId>().nullable(),
    reason: voidReasonSchema,
    note: z.string(),
    executor: z.enum(['till', 'central']),
    /** What the till has answered; null while it has not. */
    tillAnswer: z.enum(['seen', 'done', 'refused']).nullable(),
    requestedBy: idSchema<UserId>(),
    requestedAt: instantSchema,
    decision: z.enum(['approved', 'refused']).nullable(),
    decisionNote: z.string().nullable(),
    decidedBy: idSchema<UserId>().nullable(),
    decidedAt: instantSchema.nullable(),
  })
  .meta({ id: 'VoidRequest' });

export type VoidRequest = z.infer<typeof voidRequestSchema>;

export const voidRequestQuerySchema = z.strictObject({
  ...pageQuery,
  state: z.enum(['open', 'decided']).optional(),
});

export const voidRequestPageSchema = pageSchema(voidRequestSchema).meta({ id: 'VoidRequestPage' });

/** Money given back: how much, how, and by whom. */
export const newRefundSchema = z
  .strictObject({
    amountMinor: minorUnitsSchema.refine((amount) => amount > 0, 'must be more than nothing'),
    method: z.enum(['cash', 'card', 'online']),
    /** Who handed it over, in words: a name, a till, a payment provider’s reference. */
    paidBackBy: textSchema(120).min(1),
    note: textSchema(400),
  })
  .meta({ id: 'NewRefund' });

export type NewRefund = z.infer<typeof newRefundSchema>;

/** Approving says who paid back, or nothing of it if the money goes back later. */
export const voidDecisionSchema = z
  .strictObject({
    decision: z.enum(['approved', 'refused']),
    note: reasonSchema,
    refund: newRefundSchema.optional(),
  })
  .refine(({ decision, refund }) => decision === 'approved' || refund === undefined, {
    message: 'nothing is paid back for a void that is refused',
  })
  .meta({ id: 'VoidDecision' });

export type VoidDecision = z.infer<typeof voidDecisionSchema>;

/** A refund that was made. */
export const refundSchema = z
  .strictObject({
    orderId: idSchema<OrderId>().nullable(),
    quarantineId: idSchema<QuarantineId>().nullable(),
    amountMinor: minorUnitsSchema,
    currency: z.string(),
    method: z.enum(['cash', 'card', 'online']),
    paidBackBy: z.string(),
    note: z.string(),
    recordedBy: idSchema<UserId>(),
    recordedAt: instantSchema,
  })
  .meta({ id: 'Refund' });

export type Refund = z.infer<typeof refundSchema>;

export const refundPageQuerySchema = z.strictObject(pageQuery);

export const refundPageSchema = pageSchema(refundSchema).meta({ id: 'RefundPage' });
