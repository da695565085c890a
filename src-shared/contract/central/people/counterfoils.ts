import { z } from 'zod';
import type { CounterfoilPrintId, UserId } from '#shared/kernel/ids.ts';
import { currencySchema, idSchema, instantSchema, minorUnitsSchema } from '../../values.ts';
import { drawNumberSchema, reasonSchema } from './draws.ts';
import { pageQuery, pageSchema } from './paging.ts';

/** The electronic counterfoil of one draw number: what its bearer ticket says (GLI-31 2.4.1). */
export const counterfoilSchema = z
  .strictObject({
    drawNumber: drawNumberSchema,
    eventIdentifier: z.string(),
    issuedAt: instantSchema,
    amountMinor: minorUnitsSchema,
    currency: currencySchema,
    validationNumber: z.string(),
    state: z.enum(['sold', 'voided', 'misprinted']),
    /** How often it was printed; more than once means that reprints exist. */
    printCount: z.int().nonnegative(),
  })
  .meta({ id: 'Counterfoil' });

export type Counterfoil = z.infer<typeof counterfoilSchema>;

export const counterfoilPageQuerySchema = z.strictObject(pageQuery);

export const counterfoilPageSchema = pageSchema(counterfoilSchema).meta({ id: 'CounterfoilPage' });

/** Counterfoils to be printed. A reason is required where any of them was printed before. */
export const newCounterfoilPrintSchema = z
  .strictObject({
    firstNumber: drawNumberSchema,
    lastNumber: drawNumberSchema,
    reason: reasonSchema.optional(),
  })
  .refine(
    ({ firstNumber, lastNumber }) => firstNumber <= lastNumber,
    'must not end before it begins',
  )
  .meta({ id: 'NewCounterfoilPrint' });

export type NewCounterfoilPrint = z.infer<typeof newCounterfoilPrintSchema>;

/** A print of counterfoils. Reprints wait for a second person (GLI-31 2.4.2). */
export const counterfoilPrintSchema = z
  .strictObject({
    counterfoilPrintId: idSchema<CounterfoilPrintId>(),
    firstNumber: drawNumberSchema,
    lastNumber: drawNumberSchema,
    reason: z.string().nullable(),
    requestedBy: idSchema<UserId>(),
    requestedAt: instantSchema,
    state: z.enum(['awaiting-approval', 'released']),
    approvedBy: idSchema<UserId>().nullable(),
    approvedAt: instantSchema.nullable(),
    counterfoilCount: z.int().nonnegative(),
    reprintCount: z.int().nonnegative(),
  })
  .meta({ id: 'CounterfoilPrint' });

export type CounterfoilPrint = z.infer<typeof counterfoilPrintSchema>;

export const counterfoilPrintPageQuerySchema = z.strictObject(pageQuery);

export const counterfoilPrintPageSchema = pageSchema(counterfoilPrintSchema).meta({
  id: 'CounterfoilPrintPage',
});
