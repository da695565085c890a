import { z } from 'zod';
import type { PrizeTemplateId } from '#shared/kernel/ids.ts';
import { currencySchema, idSchema, minorUnitsSchema, textSchema } from '../../values.ts';
import { pageQuery, pageSchema, yesOrNoSchema } from './paging.ts';

const amountSchema = minorUnitsSchema.refine((minor) => minor > 0, 'must be more than nothing');

/** What a prize is worth, in minor units of the organisation's currency. */
export const prizeAwardSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), valueMinor: amountSchema }),
    z.strictObject({
      kind: z.literal('percentage'),
      /** Of net sales: 5000 is half. */
      hundredthsOfPercent: z.int().min(1).max(10_000),
      /** The most it can become (GLI-31 2.2.1); null if there is no cap. */
      capMinor: amountSchema.nullable(),
    }),
  ])
  .meta({ id: 'PrizeAward' });

export type PrizeAward = z.infer<typeof prizeAwardSchema>;

const fields = {
  name: textSchema(80).min(1),
  description: textSchema(400).min(1).nullable(),
  award: prizeAwardSchema,
};

export const newPrizeTemplateSchema = z.strictObject(fields).meta({ id: 'NewPrizeTemplate' });

export type NewPrizeTemplate = z.infer<typeof newPrizeTemplateSchema>;

/** All of it, as it is to be. `isActive` is false for one that is retired. */
export const changedPrizeTemplateSchema = z
  .strictObject({ ...fields, isActive: z.boolean() })
  .meta({ id: 'ChangedPrizeTemplate' });

export type ChangedPrizeTemplate = z.infer<typeof changedPrizeTemplateSchema>;

/** A prize that raffle events may have. */
export const prizeTemplateSchema = z
  .strictObject({
    prizeTemplateId: idSchema<PrizeTemplateId>(),
    ...fields,
    currency: currencySchema,
    isActive: z.boolean(),
    revision: z.string(),
  })
  .meta({ id: 'PrizeTemplate' });

export type PrizeTemplate = z.infer<typeof prizeTemplateSchema>;

export const prizeTemplateQuerySchema = z.strictObject({
  ...pageQuery,
  isActive: yesOrNoSchema.optional(),
});

export const prizeTemplatePageSchema = pageSchema(prizeTemplateSchema).meta({
  id: 'PrizeTemplatePage',
});
