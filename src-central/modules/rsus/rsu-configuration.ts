import { eq } from 'drizzle-orm';
import {
  type RsuConfiguration,
  rsuConfigurationSchema,
} from '#shared/contract/central/people/rsu-configuration.ts';
import type { RsuId } from '#shared/kernel/ids.ts';
import type { Queryable } from '../../db/database.ts';
import { rsus } from '../../db/schema/rsus.ts';

/** What an RSU has of its own. */
export async function readRsuConfiguration(
  database: Queryable,
  rsuId: RsuId,
): Promise<RsuConfiguration> {
  const [row] = await database
    .select({ configuration: rsus.configuration })
    .from(rsus)
    .where(eq(rsus.id, rsuId));
  return rsuConfigurationSchema.parse(row?.configuration ?? {});
}
