import { sql } from 'drizzle-orm';
import type { Queryable } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { type NewCriticalEvent, recordCriticalEvent } from './record-critical-event.ts';

/**
 * Notes what somebody can bring about as often as they like: at most once a minute for the same type
 * and the same facts, so that nobody fills the log.
 */
export async function noteOccasionally(
  database: Queryable,
  event: NewCriticalEvent & Required<Pick<NewCriticalEvent, 'metadata'>>,
): Promise<void> {
  const recent = await firstRowOf(
    database,
    sql`SELECT 1 FROM critical_events
        WHERE event_type = ${event.type} AND metadata @> ${JSON.stringify(event.metadata)}::JSONB
          AND timestamp > NOW() - INTERVAL '1 minute' LIMIT 1`,
  );
  if (recent === undefined) await recordCriticalEvent(database, event);
}
