import { z } from 'zod';
import { jurisdictionProfileSchema } from '#shared/contract/mirror/jurisdiction-profile.ts';
import { minorUnitsSchema, textSchema } from '#shared/contract/values.ts';
import { numberPlanSchema } from './raffle-event-settings.ts';

const amountSchema = minorUnitsSchema.refine((minor) => minor > 0, 'must be more than nothing');

/**
 * What a file says of a raffle event, apart from its place and its times: so one file serves every
 * evening. Amounts are in minor units of the organisation's currency.
 */
export const raffleEventPlanSchema = z.strictObject({
  name: textSchema(80).trim().min(1),
  numberPlan: numberPlanSchema,
  packages: z
    .array(
      z.strictObject({
        name: textSchema(40).trim().min(1),
        numberCount: z.int().positive().max(10_000),
        priceMinor: amountSchema,
      }),
    )
    .min(1),
  prizes: z
    .array(
      z.strictObject({
        name: textSchema(80).trim().min(1),
        /** Of the net sales. */
        percentage: z.number().positive().max(100),
        /** The most that the prize grows to; null without such a limit. */
        capMinor: amountSchema.nullable(),
      }),
    )
    .min(1),
  profile: jurisdictionProfileSchema,
});
