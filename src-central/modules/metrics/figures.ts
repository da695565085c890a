import { sql } from 'drizzle-orm';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Queryable } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';

/** A till that has not reported for so long is worth a look. */
const SILENT_AFTER_SECONDS = 120;

/** What the database says about how the system does, at one moment. */
export interface Figures {
  readonly openQuarantine: number;
  /** Entries that were stored and that nobody has judged yet. */
  readonly unjudgedEntries: number;
  /** Enabled tills of a raffle event that sells now, by whether they report. */
  readonly reportingRsus: number;
  readonly silentRsus: number;
  readonly sellingRaffleEvents: number;
  readonly epoch: number;
}

/** Reads all figures in one statement. */
export async function readFigures(database: Queryable, now: Date): Promise<Figures> {
  const row = await firstRowOf<Figures>(
    database,
    sql`WITH enabled AS (
        SELECT coalesce((SELECT max(received_at) FROM rsu_heartbeats WHERE rsu_id = rsus.id)
            > ${now.toISOString()}::TIMESTAMPTZ - make_interval(secs => ${SILENT_AFTER_SECONDS}), FALSE)
            AS reports
        FROM rsus WHERE state = 'enrolled' AND is_active
      )
      SELECT (SELECT count(*) FROM journal_quarantine WHERE state = 'open') AS "openQuarantine",
        (SELECT coalesce(sum(high_water_seq - judged_seq), 0)::BIGINT FROM chains
         WHERE judged_seq < high_water_seq) AS "unjudgedEntries",
        (SELECT count(*) FROM enabled WHERE reports) AS "reportingRsus",
        (SELECT count(*) FROM enabled WHERE NOT reports) AS "silentRsus",
        (SELECT count(*) FROM raffle_events WHERE state = 'active') AS "sellingRaffleEvents",
        (SELECT max(epoch) FROM system_epochs) AS epoch`,
  );
  invariant(row !== undefined, 'a query without FROM has one row');
  return row;
}
