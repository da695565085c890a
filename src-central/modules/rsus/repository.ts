import { eq, type SQL, sql } from 'drizzle-orm';
import type { Rsu, RsuPageQuery } from '#shared/contract/central/people/rsus.ts';
import type { OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { arrayParameter, rowsOf } from '../../db/rows.ts';
import { enrolmentCodes, rsus } from '../../db/schema/rsus.ts';
import { lockRsu } from '../enrolment/repository.ts';

/** An RSU that somebody wants to change. */
export interface RsuRow {
  readonly rsuId: RsuId;
  readonly name: string;
  readonly state: Rsu['state'];
  readonly isEnabled: boolean;
  readonly isMissing: boolean;
}

/**
 * Those of `rsuIds` that are devices of the organisation, locked in the order of their ids against
 * enrolment and intake: see "The order of locks" in `docs/central-schema.md`.
 */
export async function lockRsus(
  transaction: Transaction,
  organisationId: OrganisationId,
  rsuIds: readonly RsuId[],
): Promise<ReadonlyMap<RsuId, RsuRow>> {
  const known = await rowsOf<{ readonly id: RsuId }>(
    transaction,
    sql`SELECT id FROM rsus WHERE organization_id = ${organisationId} AND state <> 'virtual'
        AND id = ANY(${arrayParameter(rsuIds, 'uuid[]')}) ORDER BY id`,
  );
  for (const { id } of known) await lockRsu(transaction, id);
  const rows = await rowsOf<RsuRow>(
    transaction,
    sql`SELECT id AS "rsuId", name, state, is_active AS "isEnabled", EXISTS (
          SELECT 1 FROM rsu_missing_reports missing
          WHERE missing.rsu_id = rsus.id AND missing.outcome IS NULL) AS "isMissing"
        FROM rsus WHERE id = ANY(${arrayParameter(
          known.map(({ id }) => id),
          'uuid[]',
        )})`,
  );
  return new Map(rows.map((row) => [row.rsuId, row]));
}

/** Ends the codes of an RSU that nobody has used. */
export async function endUnusedCodes(
  transaction: Transaction,
  rsuId: RsuId,
  now: Date,
): Promise<void> {
  await transaction
    .update(enrolmentCodes)
    .set({ expiresAt: now })
    .where(
      sql`${eq(enrolmentCodes.rsuId, rsuId)} AND used_at IS NULL AND expires_at > ${now.toISOString()}::TIMESTAMPTZ`,
    );
}

/** Whether a venue belongs to the organisation. */
export async function isOwnVenue(
  database: Queryable,
  organisationId: OrganisationId,
  venueId: string,
): Promise<boolean> {
  const rows = await rowsOf(
    database,
    sql`SELECT 1 FROM venues WHERE id = ${venueId} AND organization_id = ${organisationId}`,
  );
  return rows.length > 0;
}

/** Writes columns of an RSU. */
export async function updateRsu(
  transaction: Transaction,
  rsuId: RsuId,
  change: Partial<typeof rsus.$inferInsert>,
): Promise<void> {
  await transaction.update(rsus).set(change).where(eq(rsus.id, rsuId));
}

/** A row of `listRsus`. */
export interface RsuListRow
  extends Omit<
    Rsu,
    'configuration' | 'lastContactAt' | 'lastReport' | 'signedIn' | 'assignment' | 'totals'
  > {
  readonly configuration: unknown;
  readonly signedIn: Rsu['signedIn'];
  readonly assignment: {
    readonly operatorId: string;
    readonly operatorName: string;
    readonly section: string | null;
    readonly floatAmount: number | null;
    readonly currency: string | null;
    readonly assignedAt: string;
  } | null;
  readonly lastContactAt: Date | string | null;
  readonly report: unknown;
  readonly orderCount: number;
  readonly ticketCount: number;
  readonly gross: number;
}

/** A till that has missed this many seconds of reports is stale. */
const STALE_SECONDS = 120;

/** The master list of an organisation's RSUs, or the one with `rsuId`, as `RsuListRow`s. */
export function listRsus(
  organisationId: OrganisationId,
  now: Date,
  filter: Omit<RsuPageQuery, 'cursor' | 'limit'> & { readonly rsuId?: RsuId },
): SQL {
  const ofEvent =
    filter.raffleEventId === undefined ? sql`TRUE` : sql`raffle_event_id = ${filter.raffleEventId}`;
  const contact = sql`CASE WHEN beat.received_at IS NULL THEN 'never'
    WHEN beat.received_at > ${now.toISOString()}::TIMESTAMPTZ - make_interval(secs => ${STALE_SECONDS}) THEN 'online'
    ELSE 'stale' END`;
  return sql`SELECT rsu.id AS "rsuId", rsu.name, rsu.description,
      rsu.device_identifier AS "deviceIdentifier", rsu.venue_id AS "venueId",
      venue.name AS "venueName", rsu.state, rsu.is_active AS "isEnabled", rsu.configuration,
      floor(extract(epoch FROM rsu.updated_at) * 1000000)::TEXT AS revision,
      CASE WHEN seller.id IS NOT NULL THEN jsonb_build_object('operatorId', seller.id,
          'operatorName', seller.display_name) END AS "signedIn",
      CASE WHEN assigned.operator_id IS NOT NULL THEN jsonb_build_object(
          'operatorId', assigned.operator_id, 'operatorName', holder.display_name,
          'section', assigned.section, 'floatAmount', assigned.float_amount,
          'currency', assigned.currency, 'assignedAt', assigned.assigned_at) END AS assignment,
      ${contact} AS contact, beat.received_at AS "lastContactAt", beat.report,
      totals.order_count AS "orderCount", totals.ticket_count AS "ticketCount", totals.gross,
      (SELECT coalesce(sum(coalesce(returned_from::BIGINT, end_number::BIGINT + 1) - start_number), 0)::BIGINT
       FROM rsu_allocations WHERE rsu_id = rsu.id AND ${ofEvent}) AS "numbersIssued",
      (SELECT count(*)::INTEGER FROM rsu_commands WHERE rsu_id = rsu.id AND answer IS NULL
         AND withdrawn_at IS NULL) AS "openCommands",
      EXISTS (SELECT 1 FROM rsu_missing_reports missing
              WHERE missing.rsu_id = rsu.id AND missing.outcome IS NULL) AS "isMissing"
    FROM rsus rsu
    LEFT JOIN venues venue ON venue.id = rsu.venue_id
    LEFT JOIN operators seller ON seller.id = rsu.current_operator_id
    LEFT JOIN LATERAL (SELECT * FROM rsu_assignments WHERE rsu_id = rsu.id
                       ORDER BY id DESC LIMIT 1) assigned ON TRUE
    LEFT JOIN operators holder ON holder.id = assigned.operator_id
    LEFT JOIN LATERAL (SELECT report, received_at FROM rsu_heartbeats WHERE rsu_id = rsu.id
                       ORDER BY id DESC LIMIT 1) beat ON TRUE
    CROSS JOIN LATERAL (SELECT coalesce(sum(order_count), 0)::BIGINT AS order_count,
          coalesce(sum(ticket_count), 0)::BIGINT AS ticket_count, coalesce(sum(gross), 0)::BIGINT AS gross
        FROM rsu_totals WHERE rsu_id = rsu.id AND ${ofEvent}) totals
    WHERE rsu.organization_id = ${organisationId} AND rsu.state <> 'virtual'
      AND ${filter.rsuId === undefined ? sql`TRUE` : sql`rsu.id = ${filter.rsuId}`}
      AND ${filter.venueId === undefined ? sql`TRUE` : sql`rsu.venue_id = ${filter.venueId}`}
      AND ${filter.state === undefined ? sql`TRUE` : sql`rsu.state = ${filter.state}`}
      AND ${filter.isEnabled === undefined ? sql`TRUE` : sql`rsu.is_active = ${filter.isEnabled === 'true'}`}
      AND ${filter.contact === undefined ? sql`TRUE` : sql`${contact} = ${filter.contact}`}
      AND ${
        filter.search === undefined
          ? sql`TRUE`
          : sql`(strpos(lower(rsu.name), lower(${filter.search})) > 0
              OR strpos(lower(rsu.device_identifier), lower(${filter.search})) > 0)`
      }`;
}
