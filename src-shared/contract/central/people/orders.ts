import { z } from 'zod';
import type {
  ChainId,
  OperatorId,
  OrderId,
  OrganisationId,
  PackageId,
  PaymentId,
  PrintJobId,
  RaffleEventId,
  RsuId,
} from '#shared/kernel/ids.ts';
import {
  currencySchema,
  idSchema,
  instantSchema,
  jsonValueSchema,
  minorUnitsSchema,
  textSchema,
} from '../../values.ts';
import { drawNumberSchema } from './draws.ts';
import { pageQuery, pageSchema } from './paging.ts';
import { refundSchema, voidRequestSchema } from './void-requests.ts';

/** Whether an order's numbers are in play. */
const orderStateSchema = z.enum(['sold', 'voided', 'misprinted']);

/** One package that was sold. */
export const orderSchema = z
  .strictObject({
    orderId: idSchema<OrderId>(),
    raffleEventId: idSchema<RaffleEventId>(),
    validationNumber: z.string(),
    source: z.enum(['online', 'rsu']),
    state: orderStateSchema,
    packageId: idSchema<PackageId>().nullable(),
    packageName: z.string().nullable(),
    ticketCount: z.int().positive(),
    amountMinor: minorUnitsSchema,
    currency: currencySchema,
    paymentStatus: z.enum(['pending', 'unconfirmed', 'paid', 'failed', 'refunded']),
    paymentReference: z.string().nullable(),
    rsuId: idSchema<RsuId>().nullable(),
    rsuName: z.string().nullable(),
    operatorId: idSchema<OperatorId>().nullable(),
    operatorName: z.string().nullable(),
    isOffline: z.boolean(),
    /** What a person should look at, although the sale counts. */
    flags: z.array(z.string()),
    isFlagAcknowledged: z.boolean(),
    reprintCount: z.int().nonnegative(),
    /** The time on the ticket. */
    issuedAt: instantSchema,
    receivedAt: instantSchema,
  })
  .meta({ id: 'Order' });

export type Order = z.infer<typeof orderSchema>;

/** Which orders are asked for; all that is given has to fit. */
export const orderQuerySchema = z.strictObject({
  ...pageQuery,
  orderId: idSchema<OrderId>().optional(),
  /** As printed or typed: spaces and dashes do not matter. */
  validationNumber: textSchema(40).optional(),
  drawNumber: z.coerce.number().pipe(drawNumberSchema).optional(),
  raffleEventId: idSchema<RaffleEventId>().optional(),
  rsuId: idSchema<RsuId>().optional(),
  operatorId: idSchema<OperatorId>().optional(),
  /** By the time on the ticket: from this moment on, and before that one. */
  from: instantSchema.optional(),
  before: instantSchema.optional(),
  state: orderStateSchema.optional(),
  source: z.enum(['online', 'rsu']).optional(),
  /** `open`: flagged, and nobody has acknowledged it yet. */
  flagged: z.enum(['any', 'open']).optional(),
});

export type OrderQuery = z.infer<typeof orderQuerySchema>;

export const orderPageSchema = pageSchema(orderSchema).meta({ id: 'OrderPage' });

/** An order with all that is known of it. */
export const orderDetailsSchema = z
  .strictObject({
    order: orderSchema,
    /** Where the sale stands in a till's journal; null for one on the web. */
    journal: z.strictObject({ chainId: idSchema<ChainId>(), seq: z.int().positive() }).nullable(),
    tickets: z.array(
      z.strictObject({
        drawNumber: drawNumberSchema,
        state: orderStateSchema,
        stateReason: z.string().nullable(),
      }),
    ),
    payments: z.array(
      z.strictObject({
        paymentId: idSchema<PaymentId>(),
        tender: z.enum(['cash', 'card', 'online']),
        /** What of the payment paid for this order. */
        amountMinor: minorUnitsSchema,
        reference: z.string().nullable(),
        paidAt: instantSchema,
      }),
    ),
    /** The original (copy 0) and reprints, each with every attempt (GLI-31 3.3.2d). */
    prints: z.array(
      z.strictObject({
        printJobId: idSchema<PrintJobId>(),
        copyNumber: z.int().nonnegative(),
        reason: z.string().nullable(),
        approvedBy: idSchema<OperatorId>().nullable(),
        log: z.array(
          z.strictObject({
            step: z.enum(['started', 'finished', 'answered']),
            detail: jsonValueSchema,
            operatorId: idSchema<OperatorId>().nullable(),
            at: instantSchema,
          }),
        ),
      }),
    ),
    voidRequests: z.array(voidRequestSchema),
    refunds: z.array(refundSchema),
  })
  .meta({ id: 'OrderDetails' });

export type OrderDetails = z.infer<typeof orderDetailsSchema>;

/** The most orders of one purchase on the web. */
const MOST_ORDERS_PER_PURCHASE = 50;

/** Packages that somebody has paid for on the web. */
export const newOnlineOrdersSchema = z
  .strictObject({
    lines: z
      .array(
        z.strictObject({
          packageId: idSchema<PackageId>(),
          count: z.int().min(1).max(MOST_ORDERS_PER_PURCHASE),
        }),
      )
      .min(1)
      .max(9),
    /** What the buyer was shown and has paid: refused if it is not what the packages cost. */
    totalMinor: minorUnitsSchema,
    /** The payment at the payment provider; pays for one purchase only. */
    paymentReference: textSchema(100).min(1),
    /** How to reach the buyer; kept with the orders. */
    customer: z
      .strictObject({
        name: textSchema(100).min(1).optional(),
        email: textSchema(200).min(3).optional(),
        phone: textSchema(40).min(3).optional(),
      })
      .optional(),
  })
  .refine(
    ({ lines }) => lines.reduce((sum, { count }) => sum + count, 0) <= MOST_ORDERS_PER_PURCHASE,
    `at most ${MOST_ORDERS_PER_PURCHASE} packages`,
  )
  .meta({ id: 'NewOnlineOrders' });

export type NewOnlineOrders = z.infer<typeof newOnlineOrdersSchema>;

/** What was sold: one validation number for each package. */
export const onlineOrdersSchema = z
  .strictObject({
    organisationId: idSchema<OrganisationId>(),
    paymentId: idSchema<PaymentId>(),
    orders: z.array(
      z.strictObject({
        orderId: idSchema<OrderId>(),
        packageId: idSchema<PackageId>(),
        validationNumber: z.string(),
        amountMinor: minorUnitsSchema,
        drawNumbers: z.array(drawNumberSchema),
      }),
    ),
    totalMinor: minorUnitsSchema,
    currency: currencySchema,
    issuedAt: instantSchema,
  })
  .meta({ id: 'OnlineOrders' });

export type OnlineOrders = z.infer<typeof onlineOrdersSchema>;
