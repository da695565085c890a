import { sql } from 'drizzle-orm';
import type { Report, Section } from '../report.ts';
import { SALES_COLUMNS, SALES_SUMS, soldOrders } from '../sold-orders.ts';

/** All sales in one line. */
export const salesInAll: Section = {
  title: 'Sales',
  columns: SALES_COLUMNS.map(({ isTotalled: _isTotalled, ...column }) => column),
  rows: (scope) => sql`SELECT ${SALES_SUMS} FROM ${soldOrders(scope)} sold`,
};

/** How was paid. */
export const salesByTender: Section = {
  title: 'Paid by',
  columns: [
    { key: 'tender', header: 'Tender', kind: 'text' },
    { key: 'orders', header: 'Orders', kind: 'count', isTotalled: true },
    { key: 'gross', header: 'Gross', kind: 'money', isTotalled: true },
    { key: 'net', header: 'Net', kind: 'money', isTotalled: true },
  ],
  rows: (scope) => sql`
    SELECT coalesce(payment.tender, 'not recorded') AS tender, count(DISTINCT sold.id) AS orders,
      sum(coalesce(part.amount, sold.total_amount))::BIGINT AS gross,
      coalesce(sum(coalesce(part.amount, sold.total_amount))
        FILTER (WHERE sold.state = 'sold'), 0)::BIGINT AS net
    FROM ${soldOrders(scope)} sold
    LEFT JOIN order_payments part ON part.order_id = sold.id
    LEFT JOIN payments payment ON payment.id = part.payment_id
    GROUP BY payment.tender ORDER BY payment.tender NULLS LAST`,
};

/** What was given back. */
export const refundsGiven: Section = {
  title: 'Refunds',
  columns: [
    { key: 'method', header: 'Method', kind: 'text' },
    { key: 'refunds', header: 'Refunds', kind: 'count', isTotalled: true },
    { key: 'amount', header: 'Amount', kind: 'money', isTotalled: true },
  ],
  rows: (scope) => sql`
    SELECT refund.method, count(*) AS refunds, sum(refund.amount)::BIGINT AS amount
    FROM refunds refund JOIN ${soldOrders(scope)} sold ON sold.id = refund.order_id
    GROUP BY refund.method ORDER BY refund.method`,
};

/** Sales summary. */
export const salesSummary: Report = {
  title: 'Sales summary',
  filters: ['from', 'to', 'rsuId'],
  isWide: true,
  sections: [
    salesInAll,
    salesByTender,
    {
      title: 'Sold where',
      columns: [
        { key: 'source', header: 'Source', kind: 'text' },
        { key: 'offline', header: 'Off line', kind: 'text' },
        ...SALES_COLUMNS,
      ],
      rows: (scope) => sql`
        SELECT source, CASE WHEN is_offline_sale THEN 'yes' ELSE 'no' END AS offline, ${SALES_SUMS}
        FROM ${soldOrders(scope)} sold GROUP BY source, is_offline_sale ORDER BY source, is_offline_sale`,
    },
    refundsGiven,
  ],
};
