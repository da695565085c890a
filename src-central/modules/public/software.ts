import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { PublicSoftware } from '#shared/contract/central/public.ts';
import { softwareSchema } from '#shared/contract/journal/terminal-entries.ts';
import type { Queryable } from '../../db/database.ts';
import { rowsOf } from '../../db/rows.ts';
import { readProgramChecksum } from '../../program-checksum.ts';
import { PROGRAM_VERSION } from '../../program-version.ts';

/** Which programs run: the central's as its files are now, and the tills' as they reported last. */
export async function readSoftware(database: Queryable): Promise<PublicSoftware> {
  const rows = await rowsOf<{ readonly software: unknown }>(
    database,
    sql`SELECT DISTINCT last.report -> 'software' AS software
      FROM rsus CROSS JOIN LATERAL (
        SELECT report FROM rsu_heartbeats WHERE rsu_id = rsus.id ORDER BY id DESC LIMIT 1
      ) last
      WHERE rsus.state = 'enrolled' ORDER BY software`,
  );
  return {
    central: { version: PROGRAM_VERSION, checksum: readProgramChecksum() },
    tills: z.array(softwareSchema).parse(rows.map(({ software }) => software)),
  };
}
