import { sql } from 'drizzle-orm';
import { ifGiven, whereAll } from '../../../db/conditions.ts';
import type { Report, Section } from '../report.ts';
import { within } from '../sold-orders.ts';

/** Every number that can win nothing, with its ticket's validation number. */
export const deadNumbers: Section = {
  title: 'Voided and misprinted draw numbers',
  columns: [
    { key: 'number', header: 'Draw number', kind: 'drawNumber' },
    { key: 'state', header: 'State', kind: 'text' },
    { key: 'validationNumber', header: 'Validation number', kind: 'text', width: 1.6 },
    { key: 'rsu', header: 'RSU', kind: 'text' },
    { key: 'soldAt', header: 'Sold', kind: 'moment', width: 1.5 },
    { key: 'voidedAt', header: 'Voided', kind: 'moment', width: 1.5 },
    { key: 'voidedBy', header: 'By', kind: 'text' },
    { key: 'reason', header: 'Reason', kind: 'text', width: 1.8 },
  ],
  rows: (scope) => sql`
    SELECT ticket.draw_number AS number, ticket.state, validation_number AS "validationNumber",
      coalesce(rsu.name, 'online') AS rsu, coalesce(sold.issued_at, ticket.sold_at) AS "soldAt",
      voided_at AS "voidedAt", coalesce(person.display_name, seller.display_name) AS "voidedBy",
      voided_reason AS reason
    FROM tickets ticket
    JOIN orders sold ON sold.id = ticket.order_id
    LEFT JOIN rsus rsu ON rsu.id = sold.rsu_id
    LEFT JOIN users person ON person.id = ticket.voided_by
    LEFT JOIN operators seller ON seller.id = ticket.voided_by
    ${whereAll([
      sql`ticket.event_id = ${scope.raffleEventId}`,
      sql`ticket.state IN ('voided', 'misprinted')`,
      ifGiven(scope.filters.rsuId, (id) => sql`sold.rsu_id = ${id}`),
      ...within(sql`ticket.voided_at`, scope.filters),
    ])}
    ORDER BY ticket.draw_number`,
};

/** Voided draw numbers (GLI-31 2.8.1e). */
export const voidedDrawNumbers: Report = {
  title: 'Voided draw numbers',
  filters: ['from', 'to', 'rsuId'],
  isWide: true,
  sections: [deadNumbers],
};
