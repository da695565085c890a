import { type SQL, sql } from 'drizzle-orm';
import type { Report, ReportScope } from '../report.ts';
import { SALES_COLUMNS, SALES_SUMS, soldOrders } from '../sold-orders.ts';

/** What was sold in each part of the evening, in the venue's time; parts without a sale are left out. */
export const revenueOverTime: Report = {
  title: 'Revenue over time',
  filters: ['from', 'to', 'rsuId', 'interval'],
  isWide: true,
  sections: [
    {
      title: 'Revenue',
      columns: [{ key: 'begin', header: 'From', kind: 'moment', width: 1.6 }, ...SALES_COLUMNS],
      rows: (scope) => sql`
        SELECT ${beginOfPart(scope)} AS begin, ${SALES_SUMS}
        FROM ${soldOrders(scope)} sold GROUP BY 1 ORDER BY 1`,
    },
  ],
};

function beginOfPart({ timeZone, filters }: ReportScope): SQL {
  switch (filters.interval ?? 'hour') {
    case '15-minutes':
      return sql`date_bin('15 minutes', sold.sold_at, '2000-01-01T00:00:00Z')`;
    case 'hour':
      return sql`date_trunc('hour', sold.sold_at, ${timeZone}::TEXT)`;
    case 'day':
      return sql`date_trunc('day', sold.sold_at, ${timeZone}::TEXT)`;
  }
}
