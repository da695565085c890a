import { sql } from 'drizzle-orm';
import type { Report, Section } from '../report.ts';
import { SALES_COLUMNS, SALES_SUMS, soldOrders } from '../sold-orders.ts';

/** What each RSU sold, and what of it was voided or misprinted. */
export const salesOfRsus: Section = {
  title: 'Sales by RSU',
  columns: [{ key: 'rsu', header: 'RSU', kind: 'text', width: 1.4 }, ...SALES_COLUMNS],
  rows: (scope) => sql`
    SELECT coalesce(rsu.name, 'online') AS rsu, ${SALES_SUMS}
    FROM ${soldOrders(scope)} sold LEFT JOIN rsus rsu ON rsu.id = sold.rsu_id
    GROUP BY rsu.id, rsu.name ORDER BY rsu.name NULLS LAST, rsu.id`,
};

/** Sales by RSU (GLI-31 2.8.1d). */
export const salesByRsu: Report = {
  title: 'Sales by RSU',
  filters: ['from', 'to'],
  isWide: true,
  sections: [salesOfRsus],
};
