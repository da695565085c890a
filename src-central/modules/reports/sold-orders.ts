import { type SQL, sql } from 'drizzle-orm';
import { ifGiven, whereAll } from '../../db/conditions.ts';
import type { ReportScope } from './report.ts';

/**
 * The orders of a raffle event as a subquery, one row each with what became of its numbers. `state` is
 * that of the order: it counts as sold while any of its numbers is in play, as in a draw.
 */
export function soldOrders(scope: ReportScope): SQL {
  const { from, to, rsuId } = scope.filters;
  return sql`(SELECT orders.*, coalesce(orders.issued_at, orders.created_at) AS sold_at,
      counted.numbers, counted.numbers_sold, counted.numbers_voided, counted.numbers_misprinted,
      CASE WHEN counted.numbers_sold > 0 THEN 'sold' WHEN counted.numbers_voided > 0 THEN 'voided'
        ELSE 'misprinted' END AS state
    FROM orders JOIN (
      SELECT order_id, array_agg(draw_number ORDER BY draw_number) AS numbers,
        count(*) FILTER (WHERE state = 'sold') AS numbers_sold,
        count(*) FILTER (WHERE state = 'voided') AS numbers_voided,
        count(*) FILTER (WHERE state = 'misprinted') AS numbers_misprinted
      FROM tickets WHERE event_id = ${scope.raffleEventId} GROUP BY order_id
    ) counted ON counted.order_id = orders.id
    ${whereAll([
      sql`orders.event_id = ${scope.raffleEventId}`,
      ...within(sql`coalesce(orders.issued_at, orders.created_at)`, { from, to }),
      ifGiven(rsuId, (id) => sql`orders.rsu_id = ${id}`),
    ])})`;
}

/** The conditions that a moment lies in the report's period. */
export function within(
  moment: SQL,
  { from, to }: Pick<ReportScope['filters'], 'from' | 'to'>,
): (SQL | undefined)[] {
  return [
    ifGiven(from, (instant) => sql`${moment} >= ${instant}::TIMESTAMPTZ`),
    ifGiven(to, (instant) => sql`${moment} < ${instant}::TIMESTAMPTZ`),
  ];
}

/** Sums over `sold`, a row of `soldOrders`: what was sold, what of it is dead, and what remains. */
export const SALES_SUMS: SQL = sql`count(*) AS orders, coalesce(sum(sold.ticket_count), 0)::BIGINT AS numbers,
  coalesce(sum(sold.total_amount), 0)::BIGINT AS gross,
  coalesce(sum(sold.numbers_voided), 0)::BIGINT AS "voidedNumbers",
  coalesce(sum(sold.total_amount) FILTER (WHERE sold.state = 'voided'), 0)::BIGINT AS "voidedAmount",
  coalesce(sum(sold.numbers_misprinted), 0)::BIGINT AS "misprintedNumbers",
  coalesce(sum(sold.total_amount) FILTER (WHERE sold.state = 'misprinted'), 0)::BIGINT
    AS "misprintedAmount",
  coalesce(sum(sold.numbers_sold), 0)::BIGINT AS "numbersInPlay",
  coalesce(sum(sold.total_amount) FILTER (WHERE sold.state = 'sold'), 0)::BIGINT AS net`;

/** The columns of `SALES_SUMS`, each with its total. */
export const SALES_COLUMNS = [
  { key: 'orders', header: 'Orders', kind: 'count', isTotalled: true },
  { key: 'numbers', header: 'Numbers', kind: 'count', isTotalled: true },
  { key: 'gross', header: 'Gross', kind: 'money', width: 1.4, isTotalled: true },
  { key: 'voidedNumbers', header: 'Voided numbers', kind: 'count', isTotalled: true },
  { key: 'voidedAmount', header: 'Voided', kind: 'money', width: 1.3, isTotalled: true },
  {
    key: 'misprintedNumbers',
    header: 'Misprinted numbers',
    kind: 'count',
    width: 1.2,
    isTotalled: true,
  },
  { key: 'misprintedAmount', header: 'Misprinted', kind: 'money', width: 1.3, isTotalled: true },
  { key: 'numbersInPlay', header: 'In play', kind: 'count', isTotalled: true },
  { key: 'net', header: 'Net', kind: 'money', width: 1.4, isTotalled: true },
] as const;
