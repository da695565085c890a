import { sql } from 'drizzle-orm';
import type { Report, Section } from '../report.ts';
import { SALES_COLUMNS, SALES_SUMS, soldOrders } from '../sold-orders.ts';

/** What was sold of each package at each price. */
export const salesOfPricePoints: Section = {
  title: 'Sales by price point',
  columns: [
    { key: 'package', header: 'Package', kind: 'text', width: 1.6 },
    { key: 'price', header: 'Price', kind: 'money', width: 1.2 },
    ...SALES_COLUMNS,
  ],
  rows: (scope) => sql`
    SELECT package.name AS package, sold.total_amount AS price, ${SALES_SUMS}
    FROM ${soldOrders(scope)} sold LEFT JOIN ticket_packages package ON package.id = sold.package_id
    GROUP BY package.id, package.name, sold.total_amount
    ORDER BY sold.total_amount, package.name, package.id`,
};

/** Sales by price point. */
export const salesByPricePoint: Report = {
  title: 'Sales by price point',
  filters: ['from', 'to', 'rsuId'],
  isWide: true,
  sections: [salesOfPricePoints],
};
