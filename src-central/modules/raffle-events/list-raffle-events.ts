import { sql } from 'drizzle-orm';
import type {
  RaffleEventHistory,
  RaffleEventPageQuery,
  RaffleEventSummary,
} from '#shared/contract/central/people/raffle-events.ts';
import type { OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import { listPage } from '../../api/pages.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';
import { rowsOf } from '../../db/rows.ts';

interface SummaryRow extends Omit<RaffleEventSummary, 'createdAt'> {
  readonly createdAt: StoredMoment;
}

/** A page of an organisation's raffle events, newest first. */
export function listRaffleEvents(
  database: Queryable,
  organisationId: OrganisationId,
  query: RaffleEventPageQuery,
) {
  const { state, venueId, from, to } = query;
  return listPage<SummaryRow, RaffleEventSummary>(
    database,
    {
      rows: sql`SELECT id AS "raffleEventId", name, event_identifier AS "eventIdentifier",
          venue_id AS "venueId", state, configuration ->> 'salesStart' AS "salesStart",
          configuration ->> 'salesEnd' AS "salesEnd", configuration ->> 'drawAt' AS "drawAt",
          total_sold AS "soldCount", created_at AS "createdAt"
        FROM raffle_events WHERE organization_id = ${organisationId}
          ${state === undefined ? sql`` : sql`AND state = ${state}`}
          ${venueId === undefined ? sql`` : sql`AND venue_id = ${venueId}`}
          ${from === undefined ? sql`` : sql`AND configuration ->> 'salesStart' >= ${from}`}
          ${to === undefined ? sql`` : sql`AND configuration ->> 'salesStart' < ${to}`}`,
      key: [
        { column: 'createdAt', type: 'timestamptz' },
        { column: 'raffleEventId', type: 'uuid' },
      ],
      direction: 'descending',
      item: ({ createdAt, ...row }) => ({ ...row, createdAt: readInstant(createdAt) }),
    },
    query,
  );
}

/** Every step of a raffle event's life, and every end of sales that tills were told. */
export async function readHistory(
  database: Queryable,
  raffleEventId: RaffleEventId,
): Promise<RaffleEventHistory> {
  const steps = await rowsOf<
    Omit<RaffleEventHistory['steps'][number], 'changedAt'> & { readonly changedAt: StoredMoment }
  >(
    database,
    sql`SELECT from_state AS "from", to_state AS "to", changed_by AS "changedBy",
        changed_at AS "changedAt", reason
      FROM raffle_event_state_history WHERE raffle_event_id = ${raffleEventId} ORDER BY id`,
  );
  const salesEnds = await rowsOf<{
    readonly salesEnd: StoredMoment;
    readonly publishedBy: string;
    readonly publishedAt: StoredMoment;
    readonly reason: string | null;
  }>(
    database,
    sql`SELECT sales_end AS "salesEnd", published_by AS "publishedBy",
        published_at AS "publishedAt", reason
      FROM raffle_event_sales_ends WHERE raffle_event_id = ${raffleEventId} ORDER BY id`,
  );
  return {
    steps: steps.map((row) => ({ ...row, changedAt: readInstant(row.changedAt) })),
    salesEnds: salesEnds.map((row) => ({
      ...row,
      salesEnd: readInstant(row.salesEnd),
      publishedAt: readInstant(row.publishedAt),
    })),
  };
}
