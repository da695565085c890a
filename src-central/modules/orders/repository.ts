import { type SQL, sql } from 'drizzle-orm';
import type { Order, OrderDetails, OrderQuery } from '#shared/contract/central/people/orders.ts';
import { parseTypedValidationNumber } from '#shared/domain/validation-number.ts';
import type { ChainId, OrderId, OrganisationId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Queryable } from '../../db/database.ts';
import { readInstant, type StoredMoment } from '../../db/read-instant.ts';
import { firstRowOf, rowsOf } from '../../db/rows.ts';

/** The orders of an organisation that fit a query, as `OrderRow`s. */
export function ordersOf(organisationId: OrganisationId, query: Partial<OrderQuery>): SQL {
  return sql`SELECT ${COLUMNS} ${TABLES} WHERE event.organization_id = ${organisationId}
    ${sql.join(conditionsOf(query), sql` `)}`;
}

const COLUMNS = sql`sold.id AS "orderId", sold.event_id AS "raffleEventId",
  sold.validation_number AS "validationNumber", sold.source,
  coalesce((SELECT state FROM tickets WHERE order_id = sold.id LIMIT 1), 'sold') AS state,
  sold.package_id AS "packageId", package.name AS "packageName", sold.ticket_count AS "ticketCount",
  sold.total_amount AS "amountMinor", sold.currency, sold.payment_status AS "paymentStatus",
  sold.payment_reference AS "paymentReference", sold.rsu_id AS "rsuId", rsu.name AS "rsuName",
  sold.operator_id AS "operatorId", operator.display_name AS "operatorName",
  sold.is_offline_sale AS "isOffline", sold.flags,
  EXISTS (SELECT 1 FROM order_flag_acknowledgements WHERE order_id = sold.id) AS "isFlagAcknowledged",
  sold.reprint_count AS "reprintCount", coalesce(sold.issued_at, sold.created_at) AS "issuedAt",
  sold.created_at AS "receivedAt"`;

const TABLES = sql`FROM orders sold JOIN raffle_events event ON event.id = sold.event_id
  LEFT JOIN ticket_packages package ON package.id = sold.package_id
  LEFT JOIN rsus rsu ON rsu.id = sold.rsu_id
  LEFT JOIN operators operator ON operator.id = sold.operator_id`;

function conditionsOf(query: Partial<OrderQuery>): SQL[] {
  const { orderId, validationNumber, drawNumber, raffleEventId, rsuId, operatorId } = query;
  const { from, before, state, source, flagged } = query;
  const given = (value: unknown, condition: SQL) => (value === undefined ? [] : [condition]);
  return [
    ...given(orderId, sql`AND sold.id = ${orderId}`),
    ...given(
      validationNumber,
      sql`AND sold.validation_number = ${parseTypedValidationNumber(validationNumber ?? '') ?? ''}`,
    ),
    ...given(
      drawNumber,
      sql`AND sold.id IN (SELECT ticket.order_id FROM tickets ticket
        JOIN raffle_events held ON held.id = ticket.event_id
        WHERE held.organization_id = event.organization_id AND ticket.draw_number = ${drawNumber})`,
    ),
    ...given(raffleEventId, sql`AND sold.event_id = ${raffleEventId}`),
    ...given(rsuId, sql`AND sold.rsu_id = ${rsuId}`),
    ...given(operatorId, sql`AND sold.operator_id = ${operatorId}`),
    ...given(from, sql`AND coalesce(sold.issued_at, sold.created_at) >= ${from}::TIMESTAMPTZ`),
    ...given(before, sql`AND coalesce(sold.issued_at, sold.created_at) < ${before}::TIMESTAMPTZ`),
    ...given(
      state,
      sql`AND EXISTS (SELECT 1 FROM tickets WHERE order_id = sold.id AND state = ${state})`,
    ),
    ...given(source, sql`AND sold.source = ${source}`),
    ...given(flagged, sql`AND sold.flags <> '{}'`),
    ...given(
      flagged === 'open' ? flagged : undefined,
      sql`AND NOT EXISTS (SELECT 1 FROM order_flag_acknowledgements WHERE order_id = sold.id)`,
    ),
  ];
}

/** A row of `ordersOf`. */
export interface OrderRow extends Omit<Order, 'issuedAt' | 'receivedAt'> {
  readonly issuedAt: StoredMoment;
  readonly receivedAt: StoredMoment;
}

/** A row as the contract shows it. */
export function orderOf(row: OrderRow): Order {
  return {
    ...row,
    issuedAt: readInstant(row.issuedAt),
    receivedAt: readInstant(row.receivedAt),
  };
}

/** An order that exists, with where its sale stands in a journal. */
export async function readOrder(
  database: Queryable,
  orderId: OrderId,
): Promise<Pick<OrderDetails, 'order' | 'journal'>> {
  const row = await firstRowOf<
    OrderRow & { readonly chainId: ChainId | null; readonly seq: number | null }
  >(
    database,
    sql`SELECT ${COLUMNS}, sold.chain_id AS "chainId", sold.journal_seq AS seq ${TABLES}
      WHERE sold.id = ${orderId}`,
  );
  invariant(row !== undefined, 'an order in a checked path exists');
  const { chainId, seq, ...order } = row;
  const journal = chainId === null || seq === null ? null : { chainId, seq };
  return { order: orderOf(order), journal };
}

/** The numbers of an order, ascending. */
export async function readTickets(
  database: Queryable,
  orderId: OrderId,
): Promise<OrderDetails['tickets']> {
  return [
    ...(await rowsOf<OrderDetails['tickets'][number]>(
      database,
      sql`SELECT draw_number AS "drawNumber", state, voided_reason AS "stateReason" FROM tickets
        WHERE order_id = ${orderId} ORDER BY draw_number`,
    )),
  ];
}

/** What paid for an order. */
export async function readPayments(
  database: Queryable,
  orderId: OrderId,
): Promise<OrderDetails['payments']> {
  type Row = Omit<OrderDetails['payments'][number], 'paidAt'> & { readonly paidAt: StoredMoment };
  const rows = await rowsOf<Row>(
    database,
    sql`SELECT payment.id AS "paymentId", tender, part.amount AS "amountMinor", reference,
        paid_at AS "paidAt"
      FROM order_payments part JOIN payments payment ON payment.id = part.payment_id
      WHERE part.order_id = ${orderId} ORDER BY payment.id`,
  );
  return rows.map((row) => ({ ...row, paidAt: readInstant(row.paidAt) }));
}

/** Every copy of an order's ticket on paper, and every attempt to print it. */
export async function readPrints(
  database: Queryable,
  orderId: OrderId,
): Promise<OrderDetails['prints']> {
  type Print = OrderDetails['prints'][number];
  type LogRow = Omit<Print['log'][number], 'at'> & {
    readonly printJobId: string;
    readonly at: StoredMoment;
  };
  const jobs = await rowsOf<Omit<Print, 'log'>>(
    database,
    sql`SELECT id AS "printJobId", copy_number AS "copyNumber", reason, approved_by AS "approvedBy"
      FROM print_jobs WHERE order_id = ${orderId} ORDER BY copy_number, id`,
  );
  const log = await rowsOf<LogRow>(
    database,
    sql`SELECT log.print_job_id AS "printJobId", log.step, log.detail,
        log.operator_id AS "operatorId", log.device_time AS at
      FROM print_log log JOIN print_jobs job ON job.id = log.print_job_id
      WHERE job.order_id = ${orderId} ORDER BY log.seq, log.id`,
  );
  return jobs.map((job) => ({
    ...job,
    log: log
      .filter(({ printJobId }) => printJobId === job.printJobId)
      .map(({ printJobId: _job, at, ...line }) => ({ ...line, at: readInstant(at) })),
  }));
}
