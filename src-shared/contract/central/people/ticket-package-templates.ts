import { z } from 'zod';
import type { PackageTemplateId } from '#shared/kernel/ids.ts';
import { currencySchema, idSchema, textSchema } from '../../values.ts';
import { pageQuery, pageSchema, yesOrNoSchema } from './paging.ts';

/** The largest amount that the given schema's INTEGER columns hold. */
const LARGEST_PRICE = 2 ** 31 - 1;

const fields = {
  name: textSchema(40).min(1),
  description: textSchema(400).min(1).nullable(),
  numberCount: z.int().positive().max(10_000),
  /** In minor units of the organisation's currency. */
  priceMinor: z.int().nonnegative().max(LARGEST_PRICE),
  displayOrder: z.int().nonnegative().max(1_000),
};

export const newPackageTemplateSchema = z.strictObject(fields).meta({ id: 'NewPackageTemplate' });

export type NewPackageTemplate = z.infer<typeof newPackageTemplateSchema>;

/** All of it, as it is to be. `isActive` is false for one that is retired. */
export const changedPackageTemplateSchema = z
  .strictObject({ ...fields, isActive: z.boolean() })
  .meta({ id: 'ChangedPackageTemplate' });

export type ChangedPackageTemplate = z.infer<typeof changedPackageTemplateSchema>;

/** A package that raffle events may offer: a count of draw numbers for a price. */
export const packageTemplateSchema = z
  .strictObject({
    packageTemplateId: idSchema<PackageTemplateId>(),
    ...fields,
    currency: currencySchema,
    isActive: z.boolean(),
    revision: z.string(),
  })
  .meta({ id: 'PackageTemplate' });

export type PackageTemplate = z.infer<typeof packageTemplateSchema>;

export const packageTemplateQuerySchema = z.strictObject({
  ...pageQuery,
  isActive: yesOrNoSchema.optional(),
});

export const packageTemplatePageSchema = pageSchema(packageTemplateSchema).meta({
  id: 'PackageTemplatePage',
});
