import { z } from 'zod';
import type {
  CheckoutId,
  OperatorId,
  OrderId,
  PackageId,
  PrintJobId,
  RaffleEventId,
} from '#shared/kernel/ids.ts';
import { FAILURE_CODES, type Failure, type FailureCode } from '../failures.ts';
import { deviceStateSchema } from '../journal/download-entries.ts';
import { clockDoubtSchema, softwareSchema } from '../journal/terminal-entries.ts';
import { tenderSchema } from '../mirror/jurisdiction-profile.ts';
import { operatorRoleSchema } from '../mirror/operator.ts';
import {
  jackpotSchema,
  raffleEventStateSchema,
  ticketPackageSchema,
} from '../mirror/raffle-event.ts';
import {
  currencySchema,
  idSchema,
  instantSchema,
  jsonValueSchema,
  minorUnitsSchema,
  moneySchema,
  numberRangeSchema,
  textSchema,
} from '../values.ts';

/** A refusal as the screen gets it. */
const failureSchema = z.strictObject({
  code: z.enum(FAILURE_CODES as [FailureCode, ...FailureCode[]]),
  detail: z.record(z.string(), jsonValueSchema),
}) as unknown as z.ZodType<Failure, Failure>;

/** A raffle event on the list to choose from. */
const raffleEventChoiceSchema = z.strictObject({
  raffleEventId: idSchema<RaffleEventId>(),
  name: textSchema(80),
  eventIdentifier: textSchema(30),
  state: raffleEventStateSchema,
  salesStart: instantSchema,
  salesEnd: instantSchema,
});

/** What the whole screen is about. Only `ready` has a seller's screen behind the sign-in. */
export const phaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('starting'), step: textSchema(80) }),
  z.strictObject({
    kind: z.literal('needs-enrolment'),
    /** Both copies of the last journal are gone. `throughSeq` is how far it had come; 0 if unknown. */
    lost: z.strictObject({ throughSeq: z.int().nonnegative() }).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('out-of-service'),
    since: instantSchema,
    faults: z.array(z.strictObject({ check: textSchema(60), detail: textSchema(400) })).min(1),
    /** No copy can be used or repaired: after an export, the till may be enrolled anew. */
    canStartOver: z.literal(true).exactOptional(),
  }),
  /**
   * The journal ends at `endsAtSeq`, but this till had come to `reachedSeq`: the central is asked for
   * the entries between. Where it does not answer or does not have them, the till may start over.
   */
  z.strictObject({
    kind: z.literal('set-back'),
    endsAtSeq: z.int().nonnegative(),
    reachedSeq: z.int().positive(),
    search: z.enum(['asking', 'unreachable', 'not-found']),
  }),
  z.strictObject({
    kind: z.literal('choose-raffle-event'),
    raffleEvents: z.array(raffleEventChoiceSchema),
  }),
  z.strictObject({ kind: z.literal('ready') }),
]);

export type Phase = z.infer<typeof phaseSchema>;

/** Who is signed in. */
export const sessionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('signed-out') }),
  z.strictObject({
    kind: z.enum(['active', 'locked']),
    operatorId: idSchema<OperatorId>(),
    displayName: textSchema(60),
    role: operatorRoleSchema,
  }),
]);

export type Session = z.infer<typeof sessionSchema>;

/** A package tile. `refusal` says why it cannot be sold now; null if it can. */
export const packageTileSchema = z.strictObject({
  ...ticketPackageSchema.shape,
  /** How often this package can still be sold from the numbers at hand. */
  salesLeft: z.int().nonnegative(),
  refusal: failureSchema.nullable(),
});

export type PackageTile = z.infer<typeof packageTileSchema>;

/** One limit of selling without the central: how much is used, and of how much. */
const limitUseSchema = z.strictObject({ used: z.number(), maximum: z.number() });

/** The raffle event being sold. */
export const sellingSchema = z.strictObject({
  raffleEventId: idSchema<RaffleEventId>(),
  name: textSchema(80),
  eventIdentifier: textSchema(30),
  state: raffleEventStateSchema,
  salesStart: instantSchema,
  salesEnd: instantSchema,
  /** Sales are over at this till for good. */
  hasEnded: z.boolean(),
  minimumAge: z.int().nullable(),
  packages: z.array(packageTileSchema),
  /** The first gate that refuses a sale now; null when selling is open. */
  refusal: failureSchema.nullable(),
  /** Draw numbers are shown as on paper: with as many digits as the largest of these. */
  numberSpace: numberRangeSchema,
  numbersLeft: z.int().nonnegative(),
  /** The smaller of draw and validation numbers, as sales of the package sold last. */
  salesLeft: z.int().nonnegative(),
  /** The package that `salesLeft` counts; null where none is offered. */
  salesLeftOf: idSchema<PackageId>().nullable(),
  isLowOnNumbers: z.boolean(),
  /** What the profile lets customers pay with; a tender without its device is shown greyed. */
  tenders: z.array(tenderSchema),
  noteDenominationsMinor: z.array(z.int().positive()),
  cashRoundingMinor: z.int().positive(),
  jackpot: jackpotSchema.nullable(),
});

export type Selling = z.infer<typeof sellingSchema>;

/** How this till stands with the central. */
export const syncStandingSchema = z.strictObject({
  /** The last call succeeded. */
  isOnline: z.boolean(),
  lastContactAt: instantSchema.nullable(),
  deviceState: deviceStateSchema,
  /** Orders of the chosen raffle event. */
  orderCount: z.int().nonnegative(),
  sentOrderCount: z.int().nonnegative(),
  underReviewCount: z.int().nonnegative(),
  unsentEntryCount: z.int().nonnegative(),
  /** Everything is acknowledged, and count and money agree with the central. */
  isAllSent: z.boolean(),
  /** Why nothing moves; null when nothing is wrong. */
  problem: failureSchema.nullable(),
  /** Null while on line, or where offline selling is not allowed. */
  offlineUse: z
    .strictObject({
      orders: limitUseSchema,
      valueMinor: limitUseSchema,
      hours: limitUseSchema,
      isNearLimit: z.boolean(),
      isAtLimit: z.boolean(),
    })
    .nullable(),
});

export type SyncStanding = z.infer<typeof syncStandingSchema>;

/** What the printer says of itself. */
export const printerStandingSchema = z.strictObject({
  unit: textSchema(60),
  condition: z.enum([
    'ready',
    'paper-low',
    'paper-out',
    'cover-open',
    'cutter-jammed',
    'battery-low',
    'offline',
    'disconnected',
    'fault',
  ]),
  isReady: z.boolean(),
});

export type PrinterStanding = z.infer<typeof printerStandingSchema>;

/** A ticket that somebody has to look at. */
export const openTicketSchema = z.strictObject({
  printJobId: idSchema<PrintJobId>(),
  orderId: idSchema<OrderId>(),
  validationNumber: z.string(),
  packageName: textSchema(40),
  amount: moneySchema,
  soldAt: instantSchema,
  /** `in-question`: did it print? `parked`: answered torn or nothing, waits for a supervisor. */
  state: z.enum(['in-question', 'parked']),
  /** Nothing can have reached the printer: answering "nothing" prints the original. */
  isProvenUnsent: z.boolean(),
});

export type OpenTicket = z.infer<typeof openTicketSchema>;

/** A line of the cart. */
export const checkoutLineSchema = z.strictObject({
  packageId: idSchema<PackageId>(),
  quantity: z.int().positive().max(50),
});

export type CheckoutLine = z.infer<typeof checkoutLineSchema>;

/** The cart as the terminal keeps it; a reloaded screen goes on from here. */
export const checkoutDraftSchema = z.strictObject({
  checkoutId: idSchema<CheckoutId>(),
  lines: z.array(checkoutLineSchema).max(20),
});

export type CheckoutDraft = z.infer<typeof checkoutDraftSchema>;

/** How a ticket of a sale is coming along. */
export const ticketProgressSchema = z.strictObject({
  printJobId: idSchema<PrintJobId>(),
  orderId: idSchema<OrderId>(),
  state: z.enum(['waiting', 'printing', 'printed', 'sent-not-proven', 'in-question', 'parked']),
});

export type TicketProgress = z.infer<typeof ticketProgressSchema>;

/** A finished sale, as shown after payment and given again for a repeated checkout. */
export const saleReceiptSchema = z.strictObject({
  checkoutId: idSchema<CheckoutId>(),
  soldAt: instantSchema,
  currency: currencySchema,
  totalMinor: minorUnitsSchema,
  roundingMinor: minorUnitsSchema,
  tenderedMinor: minorUnitsSchema,
  changeMinor: minorUnitsSchema,
  lines: z.array(checkoutLineSchema),
  tickets: z.array(ticketProgressSchema).min(1),
});

export type SaleReceipt = z.infer<typeof saleReceiptSchema>;

/** Everything the screen shows at one moment. Pushed whenever any of it changes. */
export const snapshotSchema = z.strictObject({
  /** Rises with every snapshot of one run. */
  revision: z.int().nonnegative(),
  phase: phaseSchema,
  software: softwareSchema,
  /** Present in demo mode only: tickets are not valid, and PINs are shown at sign-in. */
  demo: z
    .strictObject({
      people: z.array(
        z.strictObject({ displayName: textSchema(60), number: z.string(), pin: z.string() }),
      ),
    })
    .nullable(),
  /** Trusted time when the snapshot was made. Countdowns run on from here. */
  now: instantSchema,
  clock: z.strictObject({
    isTrusted: z.boolean(),
    /** Why it is not trusted; null while it is. */
    doubt: clockDoubtSchema.nullable(),
    /** The earliest time that a supervisor may confirm; null while the clock is trusted. */
    notBefore: instantSchema.nullable(),
    /** The latest one; null for any. */
    notAfter: instantSchema.nullable(),
    offsetMs: z.int().nullable(),
  }),
  terminal: z
    .strictObject({
      rsuName: textSchema(30),
      organisationName: textSchema(80),
      venueName: textSchema(80),
      timeZone: textSchema(64),
      centralUrl: textSchema(300),
    })
    .nullable(),
  session: sessionSchema,
  selling: sellingSchema.nullable(),
  checkout: checkoutDraftSchema.nullable(),
  /** The last sale of this session, until the next package tap. */
  lastSale: saleReceiptSchema.nullable(),
  openTickets: z.array(openTicketSchema),
  sync: syncStandingSchema.nullable(),
  printer: printerStandingSchema,
  secondJournal: z.strictObject({
    state: z.enum(['flushed', 'same-disk', 'failed']),
    path: textSchema(400),
  }),
  disk: z.strictObject({ freeBytes: z.number().nonnegative(), isLow: z.boolean() }),
});

export type Snapshot = z.infer<typeof snapshotSchema>;
