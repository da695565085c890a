import { type SQL, sql } from 'drizzle-orm';
import type { Corruption } from '#shared/contract/central/people/missing-rsus.ts';
import type { OrganisationId, RaffleEventId, RsuId } from '#shared/kernel/ids.ts';
import type { Transaction } from '../../db/database.ts';
import { readInstant, readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf } from '../../db/rows.ts';

/** A row of `listCorruptions`. */
export interface CorruptionRow extends Omit<Corruption, 'enteredAt' | 'confirmedAt'> {
  readonly enteredAt: StoredMoment;
  readonly confirmedAt: StoredMoment | null;
}

/** The corruption log of an organisation, as `CorruptionRow`s. */
export function listCorruptions(organisationId: OrganisationId, which: SQL): SQL {
  return sql`SELECT entry.id AS "corruptionId", entry.rsu_id AS "rsuId", rsu.name AS "rsuName",
      entry.raffle_event_id AS "raffleEventId", entry.reason, entry.operator_id AS "operatorId",
      operator.display_name AS "operatorName", entry.money_collected AS "moneyCollectedMinor",
      CASE WHEN entry.withdrawn_at IS NOT NULL THEN 'withdrawn'
           WHEN entry.confirmed_at IS NOT NULL THEN 'confirmed' ELSE 'entered' END AS state,
      entry.entered_by AS "enteredBy", entry.entered_at AS "enteredAt",
      entry.confirmed_by AS "confirmedBy", entry.confirmed_at AS "confirmedAt"
    FROM rsu_corruption_log entry
    JOIN rsus rsu ON rsu.id = entry.rsu_id
    LEFT JOIN operators operator ON operator.id = entry.operator_id
    WHERE rsu.organization_id = ${organisationId} AND ${which}`;
}

/** A row as the contract shows it. */
export function describeCorruption(row: CorruptionRow): Corruption {
  return {
    ...row,
    enteredAt: readInstant(row.enteredAt),
    confirmedAt: readInstantIfAny(row.confirmedAt),
  };
}

/** What a till had last collected for a raffle event, who was at it, and which report says so. */
export interface Collected {
  readonly moneyCollected: number;
  readonly operatorId: string | null;
  readonly heartbeatId: number | null;
}

/**
 * The money that a till has collected for a raffle event: what the central counts, or what the till
 * itself last said in a report while it sold for it, if that is more. A report speaks of its whole
 * journal, so what that sold for other raffle events is taken off, and what earlier enrolments sold
 * is added.
 */
export async function readCollected(
  transaction: Transaction,
  rsuId: RsuId,
  raffleEventId: RaffleEventId,
): Promise<Collected> {
  const row = await firstRowOf<Collected>(
    transaction,
    sql`WITH beat AS (
        SELECT id, chain_id, report FROM rsu_heartbeats
        WHERE rsu_id = ${rsuId} AND report ->> 'raffleEventId' = ${raffleEventId}::TEXT
        ORDER BY id DESC LIMIT 1
      ), arrived AS (
        SELECT coalesce(sum(total_amount) FILTER (WHERE event_id = ${raffleEventId}), 0)::BIGINT AS counted,
          coalesce(sum(total_amount) FILTER (WHERE event_id <> ${raffleEventId}
            AND chain_id = (SELECT chain_id FROM beat)), 0)::BIGINT AS elsewhere,
          coalesce(sum(total_amount) FILTER (WHERE event_id = ${raffleEventId}
            AND chain_id <> (SELECT chain_id FROM beat)), 0)::BIGINT AS before
        FROM orders WHERE rsu_id = ${rsuId}
      )
      SELECT beat.id AS "heartbeatId",
        GREATEST(counted, before - elsewhere
          + coalesce((beat.report -> 'totals' ->> 'grossMinor')::BIGINT, 0)) AS "moneyCollected",
        coalesce((SELECT id FROM operators WHERE id::TEXT = beat.report ->> 'operatorId'),
          (SELECT operator.id FROM rsus rsu JOIN operators operator ON operator.id = rsu.current_operator_id
           WHERE rsu.id = ${rsuId}),
          (SELECT operator_id FROM rsu_assignments WHERE rsu_id = ${rsuId} AND operator_id IS NOT NULL
           ORDER BY id DESC LIMIT 1)) AS "operatorId"
      FROM arrived LEFT JOIN beat ON TRUE`,
  );
  return row ?? { moneyCollected: 0, operatorId: null, heartbeatId: null };
}
