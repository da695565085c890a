import { type SQL, sql } from 'drizzle-orm';
import type { VoidRequest } from '#shared/contract/central/people/void-requests.ts';
import type { OrderId, OrganisationId, QuarantineId, VoidRequestId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, readInstantIfAny, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';

/** What is to be voided: an order, or an entry that waits for a person. */
export type VoidSubject = { readonly orderId: OrderId } | { readonly quarantineId: QuarantineId };

/**
 * Whether an order is still its till's to void: the till is enrolled, has not ended its sales for the
 * raffle event, and is not given up as lost. Needs `sold`, a row of `orders`.
 */
export const IS_AT_OPEN_TILL = sql`(sold.chain_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM chains chain JOIN rsus rsu ON rsu.id = chain.rsu_id
    WHERE chain.id = sold.chain_id AND chain.state = 'active' AND rsu.state = 'enrolled')
  AND NOT EXISTS (SELECT 1 FROM rsu_sales_ends ended
    WHERE ended.chain_id = sold.chain_id AND ended.raffle_event_id = sold.event_id)
  AND NOT EXISTS (SELECT 1 FROM rsu_corruption_log lost
    WHERE lost.rsu_id = sold.rsu_id AND lost.raffle_event_id = sold.event_id
      AND lost.confirmed_at IS NOT NULL))`;

/** Requests for voids in an organisation, as `VoidRequestRow`s. */
export function voidRequestsOf(organisationId: OrganisationId, state?: 'open' | 'decided'): SQL {
  return sql`SELECT ${COLUMNS} ${TABLES} WHERE request.organization_id = ${organisationId}
    ${state === undefined ? sql`` : sql`AND (request.decision IS NULL) = ${state === 'open'}`}`;
}

const COLUMNS = sql`request.id AS "voidRequestId", request.order_id AS "orderId",
  request.quarantine_id AS "quarantineId", request.reason_code AS reason, request.note,
  CASE WHEN sold.id IS NOT NULL AND ${IS_AT_OPEN_TILL} THEN 'till' ELSE 'central' END AS executor,
  command.answer AS "tillAnswer", request.requested_by AS "requestedBy",
  request.requested_at AS "requestedAt", request.decision, request.decision_note AS "decisionNote",
  request.decided_by AS "decidedBy", request.decided_at AS "decidedAt"`;

const TABLES = sql`FROM void_requests request LEFT JOIN orders sold ON sold.id = request.order_id
  LEFT JOIN rsu_commands command ON command.id = request.command_id`;

/** A row of `voidRequestsOf`. */
export interface VoidRequestRow extends Omit<VoidRequest, 'requestedAt' | 'decidedAt'> {
  readonly requestedAt: StoredMoment;
  readonly decidedAt: StoredMoment | null;
}

/** A row as the contract shows it. */
export function voidRequestOf(row: VoidRequestRow): VoidRequest {
  return {
    ...row,
    requestedAt: readInstant(row.requestedAt),
    decidedAt: readInstantIfAny(row.decidedAt),
  };
}

/** A request that exists. */
export async function readVoidRequest(
  database: Queryable,
  voidRequestId: VoidRequestId,
): Promise<VoidRequest> {
  const row = await firstRowOf<VoidRequestRow>(
    database,
    sql`SELECT ${COLUMNS} ${TABLES} WHERE request.id = ${voidRequestId}`,
  );
  invariant(row !== undefined, 'a request in a checked path exists');
  return voidRequestOf(row);
}

/** Every request about one order or entry, oldest first. */
export async function readVoidRequestsOf(
  database: Queryable,
  subject: VoidSubject,
): Promise<VoidRequest[]> {
  const rows = await rowsOf<VoidRequestRow>(
    database,
    sql`SELECT ${COLUMNS} ${TABLES} WHERE ${isAbout(subject)} ORDER BY requested_at, request.id`,
  );
  return rows.map(voidRequestOf);
}

function isAbout(subject: VoidSubject): SQL {
  return 'orderId' in subject
    ? sql`request.order_id = ${subject.orderId}`
    : sql`request.quarantine_id = ${subject.quarantineId}`;
}
