import { z } from 'zod';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { idSchema } from '../../values.ts';

/** Numbers for a till that cannot reach the central. The answer is the file. */
export const newTopUpFileSchema = z
  .strictObject({
    raffleEventId: idSchema<RaffleEventId>(),
    validHours: z.int().min(1).max(72).default(24),
  })
  .meta({ id: 'NewTopUpFile' });

export type NewTopUpFile = z.infer<typeof newTopUpFileSchema>;
