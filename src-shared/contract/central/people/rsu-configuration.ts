import { z } from 'zod';

/** What one RSU has of its own. Null: as the raffle event's number plan says. */
export const rsuConfigurationSchema = z
  .strictObject({
    /** How many draw numbers it gets at a time. */
    allocationSize: z.int().positive().max(20_000).nullable().default(null),
    /** How many validation numbers a block of it makes. */
    validationBlockSize: z.int().positive().max(99_999_999).nullable().default(null),
  })
  .meta({ id: 'RsuConfiguration' });

export type RsuConfiguration = z.infer<typeof rsuConfigurationSchema>;
