import { sql } from 'drizzle-orm';
import type { Report } from '../report.ts';
import { soldOrders } from '../sold-orders.ts';

/** Every ticket that was sold, with all of its draw numbers (GLI-31 2.8.1c). One row an order. */
export const bearerTickets: Report = {
  title: 'Bearer tickets',
  filters: ['from', 'to', 'rsuId'],
  isWide: true,
  sections: [
    {
      title: 'Tickets sold',
      columns: [
        { key: 'soldAt', header: 'Sold', kind: 'moment', width: 1.5 },
        { key: 'rsu', header: 'RSU', kind: 'text' },
        { key: 'validationNumber', header: 'Validation number', kind: 'text', width: 1.5 },
        { key: 'package', header: 'Package', kind: 'text', width: 1.2 },
        { key: 'numbers', header: 'Draw numbers', kind: 'drawNumbers', width: 3 },
        { key: 'count', header: 'Count', kind: 'count', width: 0.6, isTotalled: true },
        { key: 'price', header: 'Price', kind: 'money', width: 1.1, isTotalled: true },
        { key: 'state', header: 'State', kind: 'text', width: 0.9 },
        { key: 'reprints', header: 'Reprints', kind: 'count', width: 0.7 },
      ],
      rows: (scope) => sql`
        SELECT sold_at AS "soldAt", coalesce(rsu.name, 'online') AS rsu,
          validation_number AS "validationNumber", package.name AS package, sold.numbers,
          sold.ticket_count AS count, total_amount AS price, sold.state, reprint_count AS reprints
        FROM ${soldOrders(scope)} sold
        LEFT JOIN rsus rsu ON rsu.id = sold.rsu_id
        LEFT JOIN ticket_packages package ON package.id = sold.package_id
        ORDER BY sold_at, sold.id`,
    },
  ],
};
