import { type SQL, sql } from 'drizzle-orm';
import { heartbeatSchema } from '#shared/contract/central/heartbeats.ts';
import type { Closing } from '#shared/contract/central/people/raffle-events.ts';
import type { RaffleEventId, RsuId } from '#shared/kernel/ids.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';
import type { StoredRaffleEventState } from '../../db/schema/raffle-events.ts';

type Standing = Closing['tills'][number]['standing'];

/**
 * The tills that hold numbers of a raffle event, with how each stands towards its end of sales:
 * `rsuId`, `name` and `standing`. A till without numbers has nothing to sell.
 */
export function tillsOf(raffleEventId: SQL): SQL {
  return sql`SELECT rsu.id AS "rsuId", rsu.name,
      CASE
        WHEN EXISTS (SELECT 1 FROM rsu_sales_ends ended
          WHERE ended.chain_id = chain.id AND ended.raffle_event_id = ${raffleEventId})
          THEN 'acknowledged'
        WHEN EXISTS (SELECT 1 FROM rsu_corruption_log lost
          WHERE lost.rsu_id = rsu.id AND lost.raffle_event_id = ${raffleEventId}
            AND lost.confirmed_at IS NOT NULL AND lost.withdrawn_at IS NULL)
          THEN 'given-up'
        WHEN NOT rsu.is_active OR rsu.state <> 'enrolled' THEN 'disabled'
        ELSE 'awaited'
      END AS standing
    FROM rsus rsu JOIN chains chain ON chain.rsu_id = rsu.id AND chain.state = 'active'
    WHERE rsu.state <> 'virtual' AND EXISTS (SELECT 1 FROM rsu_allocations allocation
      WHERE allocation.chain_id = chain.id AND allocation.raffle_event_id = ${raffleEventId})`;
}

/** Whether a till that holds numbers and is enabled has not said yet that its sales are over. */
export async function isClosingAwaited(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<boolean> {
  const row = await firstRowOf(
    database,
    sql`SELECT 1 FROM (${tillsOf(sql`${raffleEventId}`)}) AS till WHERE standing = 'awaited' LIMIT 1`,
  );
  return row !== undefined;
}

/** How far a raffle event is on its way to `closed`: each till, and what it said last. */
export async function readClosing(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<Closing> {
  const event = await firstRowOf<{
    readonly state: StoredRaffleEventState;
    readonly salesEnd: Instant;
  }>(
    database,
    sql`SELECT state, configuration ->> 'salesEnd' AS "salesEnd" FROM raffle_events
        WHERE id = ${raffleEventId}`,
  );
  invariant(event !== undefined, 'a raffle event in a checked path exists');
  const rows = await rowsOf<TillRow>(
    database,
    sql`SELECT till.*, last.received_at AS "receivedAt", last.report,
        operator.display_name AS "operatorName"
      FROM (${tillsOf(sql`${raffleEventId}`)}) AS till
      LEFT JOIN LATERAL (SELECT received_at, report FROM rsu_heartbeats
        WHERE rsu_id = till."rsuId" ORDER BY id DESC LIMIT 1) AS last ON TRUE
      LEFT JOIN operators operator ON operator.id = (last.report ->> 'operatorId')::UUID
      ORDER BY till.standing = 'awaited' DESC, till.name, till."rsuId"`,
  );
  const tills = rows.map(describeTill);
  return {
    ...event,
    awaitedCount: tills.filter(({ standing }) => standing === 'awaited').length,
    tills,
  };
}

interface TillRow {
  readonly rsuId: RsuId;
  readonly name: string;
  readonly standing: Standing;
  readonly receivedAt: StoredMoment | null;
  readonly report: unknown;
  readonly operatorName: string | null;
}

function describeTill(row: TillRow): Closing['tills'][number] {
  const { rsuId, name, standing, receivedAt, operatorName } = row;
  if (receivedAt === null) return { rsuId, name, standing, lastReport: null };
  const { unsentEntries, totals } = heartbeatSchema.parse(row.report);
  return {
    rsuId,
    name,
    standing,
    lastReport: {
      receivedAt: readInstant(receivedAt),
      operatorName,
      unsentEntries,
      ...totals,
    },
  };
}
