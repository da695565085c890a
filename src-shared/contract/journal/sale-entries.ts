import { z } from 'zod';
import type {
  AllocationId,
  CheckoutId,
  OrderId,
  PackageId,
  PaymentId,
  PrintJobId,
  RaffleEventId,
  ShiftId,
  ValidationBlockId,
} from '#shared/kernel/ids.ts';
import { tenderSchema } from '../mirror/jurisdiction-profile.ts';
import {
  currencySchema,
  idSchema,
  minorUnitsSchema,
  numberRangeSchema,
  sha256Schema,
  textSchema,
} from '../values.ts';

/** Eighteen digits without separators. */
const validationNumberSchema = z.string().regex(/^\d{18}$/);

/** Indices taken from one allocation. */
export const takenNumbersSchema = z.strictObject({
  allocationId: idSchema<AllocationId>(),
  indices: numberRangeSchema,
});

export type TakenNumbers = z.infer<typeof takenNumbersSchema>;

/** One package sold: one validation number, one ticket. */
export const soldOrderSchema = z.strictObject({
  orderId: idSchema<OrderId>(),
  packageId: idSchema<PackageId>(),
  packageName: textSchema(40),
  amountMinor: minorUnitsSchema,
  numberCount: z.int().positive(),
  /** One part, or two where the package did not fit the rest of one allocation. */
  numbers: z.array(takenNumbersSchema).min(1),
  /** SHA-256 over the draw numbers as printed, in order, joined by commas. */
  drawNumbersHash: sha256Schema,
  validationNumber: validationNumberSchema,
  validationBlockId: idSchema<ValidationBlockId>(),
  /** The block's sequence this number was made from. Never printed. */
  validationSequence: z.int().positive(),
  /** The job that prints the original. */
  printJobId: idSchema<PrintJobId>(),
});

export type SoldOrder = z.infer<typeof soldOrderSchema>;

/** One tender of a checkout. Change given is never takings: `amountMinor` is what stays. */
const paymentSchema = z.strictObject({
  paymentId: idSchema<PaymentId>(),
  tender: tenderSchema,
  amountMinor: minorUnitsSchema,
  /** Cash handed over; equals `amountMinor` for anything but cash. */
  tenderedMinor: minorUnitsSchema,
  changeMinor: minorUnitsSchema,
});

/**
 * A checkout was paid and its numbers are sold. All of it is true, or none.
 *
 * `shiftId` is null until the till keeps shifts.
 */
export const saleCompletedSchema = z.strictObject({
  checkoutId: idSchema<CheckoutId>(),
  /** What was asked for, so that the same checkout with other content is noticed. */
  contentHash: sha256Schema,
  raffleEventId: idSchema<RaffleEventId>(),
  shiftId: idSchema<ShiftId>().nullable(),
  currency: currencySchema,
  /** Sum of the orders. */
  totalMinor: minorUnitsSchema,
  /** Cash rounding: what was paid less `totalMinor`; may be negative. */
  roundingMinor: minorUnitsSchema,
  orders: z.array(soldOrderSchema).min(1).max(50),
  payments: z.array(paymentSchema).min(1).max(4),
  /** The central could not be reached when this was sold (GLI-31 6.1.4). */
  isOffline: z.boolean(),
  /** Orders and their value on this chain, this sale included: both sides compare them. */
  runningTotals: z.strictObject({
    orderCount: z.int().positive(),
    grossMinor: z.int().nonnegative(),
  }),
});

export type SaleCompleted = z.infer<typeof saleCompletedSchema>;
