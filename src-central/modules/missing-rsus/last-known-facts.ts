import { sql } from 'drizzle-orm';
import { heartbeatSchema } from '#shared/contract/central/heartbeats.ts';
import type { LastKnownFacts } from '#shared/contract/central/people/missing-rsus.ts';
import type { RsuId } from '#shared/kernel/ids.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant } from '../../db/read-instant.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';

interface BeatRow {
  readonly report: unknown;
  readonly receivedAt: Date | string;
  readonly operatorName: string | null;
  readonly highWaterSeq: number;
  readonly orderCount: number;
  readonly gross: number;
}

/** All that is known of a till: what it last said, what has arrived, and which numbers are open. */
export async function readLastKnownFacts(
  database: Queryable,
  rsuId: RsuId,
): Promise<LastKnownFacts> {
  const beat = await firstRowOf<BeatRow>(
    database,
    sql`SELECT beat.report, beat.received_at AS "receivedAt", operator.display_name AS "operatorName",
          chain.high_water_seq AS "highWaterSeq", chain.order_count AS "orderCount", chain.gross
        FROM rsu_heartbeats beat JOIN chains chain ON chain.id = beat.chain_id
        LEFT JOIN operators operator ON operator.id::TEXT = beat.report ->> 'operatorId'
        WHERE beat.rsu_id = ${rsuId} ORDER BY beat.id DESC LIMIT 1`,
  );
  const numbers = await readNumbers(database, rsuId);
  if (beat === undefined) {
    return { report: null, arrived: null, unreported: { orderCount: 0, grossMinor: 0 }, numbers };
  }
  const { raffleEventId, operatorId, headSeq, unsentEntries, totals } = heartbeatSchema.parse(
    beat.report,
  );
  const { operatorName, highWaterSeq, orderCount, gross } = beat;
  const receivedAt = readInstant(beat.receivedAt);
  const about = { raffleEventId, operatorId, operatorName, headSeq, unsentEntries };
  return {
    report: { receivedAt, ...about, ...totals },
    arrived: { highWaterSeq, orderCount, grossMinor: gross },
    unreported: {
      orderCount: Math.max(0, totals.orderCount - orderCount),
      grossMinor: Math.max(0, totals.grossMinor - gross),
    },
    numbers,
  };
}

async function readNumbers(database: Queryable, rsuId: RsuId): Promise<LastKnownFacts['numbers']> {
  return [
    ...(await rowsOf<LastKnownFacts['numbers'][number]>(
      database,
      sql`SELECT event.id AS "raffleEventId", event.event_identifier AS "eventIdentifier",
            sum(coalesce(returned_from::BIGINT, end_number::BIGINT + 1) - start_number)::BIGINT AS issued,
            sum(tickets_sold)::BIGINT AS sold, sum(tickets_voided)::BIGINT AS voided,
            sum(tickets_available)::BIGINT AS open
          FROM rsu_allocations allocation
          JOIN raffle_events event ON event.id = allocation.raffle_event_id
          WHERE allocation.rsu_id = ${rsuId}
          GROUP BY event.id ORDER BY event.created_at, event.id`,
    )),
  ];
}
