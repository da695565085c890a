import { z } from 'zod';
import type {
  ChainId,
  OperatorId,
  OrderId,
  QuarantineId,
  RaffleEventId,
  RsuId,
  UserId,
} from '#shared/kernel/ids.ts';
import {
  currencySchema,
  idSchema,
  instantSchema,
  minorUnitsSchema,
  sha256Schema,
} from '../../values.ts';
import { reasonSchema } from './draws.ts';

/** Where every number went: `allocated` is the sum of all the others. */
const numbersSchema = z.strictObject({
  allocated: z.int().nonnegative(),
  sold: z.int().nonnegative(),
  voided: z.int().nonnegative(),
  misprinted: z.int().nonnegative(),
  /** Known not to be sold: the till has said so by ending its sales. */
  unsold: z.int().nonnegative(),
  /** Nobody knows: the till that holds them has not said. */
  unaccounted: z.int().nonnegative(),
});

export type NumbersAccount = z.infer<typeof numbersSchema>;

const moneySchema = z.strictObject({
  grossMinor: minorUnitsSchema,
  voidedMinor: minorUnitsSchema,
  misprintedMinor: minorUnitsSchema,
  netMinor: minorUnitsSchema,
  refundedMinor: minorUnitsSchema,
});

export type MoneyAccount = z.infer<typeof moneySchema>;

/** Orders counted from one side. */
const countSchema = z.strictObject({
  orderCount: z.int().nonnegative(),
  amountMinor: minorUnitsSchema,
  /** Over each order with its validation number, amount and draw numbers. */
  sha256: sha256Schema,
});

/** One enrolment of a till: what its journal says, and what was made of it. */
const chainAccountSchema = z.strictObject({
  chainId: idSchema<ChainId>(),
  /** It has ended its sales, and all before that has arrived. */
  isClosed: z.boolean(),
  journal: countSchema,
  projected: countSchema,
  isEqual: z.boolean(),
});

export type ChainAccount = z.infer<typeof chainAccountSchema>;

/** What is known of a till that has not ended its sales. */
const missingSchema = z.strictObject({
  chainId: idSchema<ChainId>(),
  lastContactAt: instantSchema.nullable(),
  lastOperatorId: idSchema<OperatorId>().nullable(),
  lastOperatorName: z.string().nullable(),
  receivedThroughSeq: z.int().nonnegative(),
  /** How far the till itself said that its journal goes. */
  reportedThroughSeq: z.int().nonnegative().nullable(),
  receivedOrderCount: z.int().nonnegative(),
  reportedOrderCount: z.int().nonnegative().nullable(),
  receivedMinor: minorUnitsSchema,
  reportedMinor: minorUnitsSchema.nullable(),
});

export type MissingJournal = z.infer<typeof missingSchema>;

const rsuAccountSchema = z.strictObject({
  rsuId: idSchema<RsuId>(),
  rsuName: z.string(),
  /** `given-up`: in the RSU corruption log; `online`: it sells what is bought on the web. */
  standing: z.enum(['closed', 'open', 'given-up', 'online']),
  numbers: numbersSchema,
  isEqual: z.boolean(),
  money: moneySchema,
  chains: z.array(chainAccountSchema),
  missing: z.array(missingSchema),
});

export type RsuAccount = z.infer<typeof rsuAccountSchema>;

/** Why a raffle event cannot be reconciled yet. */
export const reconciliationObstacleSchema = z.strictObject({
  code: z.enum([
    'raffle-event.not-closed',
    'till.open',
    'numbers.unequal',
    'journal.unequal',
    'quarantine.open',
    'flags.open',
    'voids.open',
  ]),
  /** What is missing, and from whom. */
  detail: z.string(),
  rsuId: idSchema<RsuId>().nullable(),
});

export type ReconciliationObstacle = z.infer<typeof reconciliationObstacleSchema>;

/** Where every number and all money of a raffle event went. */
export const reconciliationReportSchema = z
  .strictObject({
    raffleEventId: idSchema<RaffleEventId>(),
    currency: currencySchema,
    numbers: numbersSchema,
    money: moneySchema,
    rsus: z.array(rsuAccountSchema),
    openQuarantineIds: z.array(idSchema<QuarantineId>()),
    /** Sales that count, but that a person has to look at. */
    openFlags: z.array(
      z.strictObject({ orderId: idSchema<OrderId>(), flags: z.array(z.string()) }),
    ),
    acknowledgedFlagCount: z.int().nonnegative(),
    openVoidRequestCount: z.int().nonnegative(),
    obstacles: z.array(reconciliationObstacleSchema),
  })
  .meta({ id: 'ReconciliationReport' });

export type ReconciliationReport = z.infer<typeof reconciliationReportSchema>;

/** The report: as it is now, or as it was when a person confirmed it. */
export const reconciliationSchema = z
  .strictObject({
    report: reconciliationReportSchema,
    confirmation: z
      .strictObject({
        confirmedBy: idSchema<UserId>(),
        confirmedAt: instantSchema,
        statement: z.string(),
        reportSha256: sha256Schema,
      })
      .nullable(),
  })
  .meta({ id: 'Reconciliation' });

export type Reconciliation = z.infer<typeof reconciliationSchema>;

/** A person’s word that all is accounted for. */
export const reconciliationConfirmationSchema = z
  .strictObject({ statement: reasonSchema })
  .meta({ id: 'ReconciliationConfirmation' });

/** Somebody has looked at these flagged sales. */
export const flagAcknowledgementSchema = z
  .strictObject({
    orderIds: z.array(idSchema<OrderId>()).min(1).max(1_000),
    note: reasonSchema,
  })
  .meta({ id: 'FlagAcknowledgement' });

export type FlagAcknowledgement = z.infer<typeof flagAcknowledgementSchema>;

/** How many of them were open. */
export const flagsAcknowledgedSchema = z
  .strictObject({ acknowledgedCount: z.int().nonnegative() })
  .meta({ id: 'FlagsAcknowledged' });

/** What a journal says, made into rows again and compared with the rows that are there. */
export const reprojectionSchema = z
  .strictObject({
    chainId: idSchema<ChainId>(),
    /** Entries that count. */
    entryCount: z.int().nonnegative(),
    orderCount: z.int().nonnegative(),
    /** Empty if the rows are what the journal says. */
    differences: z.array(
      z.strictObject({
        table: z.string(),
        /** `missing`: the journal has it, the table not; `unexpected`: the other way round. */
        problem: z.enum(['missing', 'unexpected', 'not-readable']),
        count: z.int().positive(),
        /** Some of them. */
        examples: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'Reprojection' });

export type Reprojection = z.infer<typeof reprojectionSchema>;
