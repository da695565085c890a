import { z } from 'zod';
import { textSchema } from '../values.ts';

/** What a customer may pay with. */
export const tenderSchema = z.enum(['cash', 'card']);

export type Tender = z.infer<typeof tenderSchema>;

/** How far a till may go on selling while it cannot reach the central (GLI-31 6.1.4). */
const offlineRulesSchema = z.discriminatedUnion('isAllowed', [
  z.strictObject({ isAllowed: z.literal(false) }),
  z.strictObject({
    isAllowed: z.literal(true),
    /** Orders that the central has not acknowledged. */
    maximumOrders: z.int().positive(),
    /** Their value in minor units. */
    maximumValueMinor: z.int().positive(),
    /** Hours since the last contact. */
    maximumHours: z.number().positive(),
  }),
]);

/** Whether an order can be taken back. Where it cannot, a ticket that failed is printed again. */
const voidRulesSchema = z.discriminatedUnion('isAllowed', [
  z.strictObject({ isAllowed: z.literal(false) }),
  z.strictObject({
    isAllowed: z.literal(true),
    /** Who may do it at a till; a seller only their own orders. */
    by: z.enum(['seller', 'supervisor']),
    /** Minutes after the sale within which a till may; null until the end of sales. */
    withinMinutes: z.int().positive().max(1_440).nullable(),
  }),
]);

/**
 * The rules that a regulator and an organiser set for one raffle event.
 *
 * Frozen with the event when it is activated (GLI-31 2.2.3): a till refuses a later version.
 */
export const jurisdictionProfileSchema = z.strictObject({
  name: textSchema(80),
  offline: offlineRulesSchema,
  tenders: z.array(tenderSchema).min(1),
  /** The smallest cash amount in minor units: 5 rounds cash totals to the nearest 5 cents. */
  cashRoundingMinor: z.int().positive(),
  /** Banknotes in minor units, ascending: they become the quick-cash buttons. */
  noteDenominationsMinor: z.array(z.int().positive()).min(1).max(12),
  numberMode: z.enum(['sequential', 'random']),
  ticket: z.strictObject({
    /** Whole sentences printed below the numbers, such as "Need not be present to win." */
    statements: z.array(textSchema(200)).max(12),
    /** Print every number, instead of "from - to (count)". */
    listsEachNumber: z.boolean(),
    /** Days after the draw within which a prize must be claimed; null if there is no limit. */
    claimDays: z.int().positive().nullable(),
    website: textSchema(100).nullable(),
    contact: textSchema(120).nullable(),
  }),
  /** Who may order a reprint (GLI-31 3.3.2d). */
  reprint: z.enum(['seller', 'supervisor', 'never']),
  /** Who may void an order, and until when (GLI-31 2.3.3). A profile without it: nobody at a till. */
  voids: voidRulesSchema.optional(),
  /** How many tickets with an unsettled print may be parked before selling stops. */
  maximumParkedTickets: z.int().nonnegative(),
  /** The age a buyer must have; shown as a reminder. Null where there is none. */
  minimumAge: z.int().positive().nullable(),
  /** Whether the published end of sales may be moved later before it is reached. */
  mayExtendSales: z.boolean(),
  /** Whether selling goes on when the second journal file cannot be written. */
  sellsWithoutSecondCopy: z.boolean(),
  /** How far the wall clock may be ahead of what the till expects after a start, in minutes. */
  maximumClockAheadMinutes: z.int().positive(),
  /** Whether nothing is sold without a licence number on the ticket (GLI-31 2.3.1). A profile without it: no. */
  requiresLicence: z.boolean().optional(),
  /** How winning numbers are drawn. A profile without it: each number once, and never by hand. */
  draw: z
    .strictObject({
      /** Whether a number that has won stays in for the next prize. */
      drawnNumberStaysIn: z.boolean(),
      /** Whether counterfoils are printed, so that a number drawn by hand may be entered. */
      hasPrintedCounterfoils: z.boolean(),
    })
    .optional(),
  /** Years for which records are kept. */
  retentionYears: z.int().positive(),
});

export type JurisdictionProfile = z.infer<typeof jurisdictionProfileSchema>;
