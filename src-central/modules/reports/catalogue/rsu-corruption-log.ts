import { sql } from 'drizzle-orm';
import type { Report, Section } from '../report.ts';

/** RSUs that cannot be reconciled: who sold, and what was collected as far as anybody knows. */
export const corruptRsus: Section = {
  title: 'RSUs that cannot be reconciled',
  columns: [
    { key: 'rsu', header: 'RSU', kind: 'text' },
    { key: 'device', header: 'Device', kind: 'text', width: 1.2 },
    { key: 'operator', header: 'Operator', kind: 'text', width: 1.2 },
    { key: 'money', header: 'Money collected', kind: 'money', width: 1.2 },
    { key: 'reason', header: 'Reason', kind: 'text', width: 2.2 },
    { key: 'enteredAt', header: 'Entered', kind: 'moment', width: 1.5 },
    { key: 'enteredBy', header: 'By', kind: 'text' },
    { key: 'confirmedAt', header: 'Confirmed', kind: 'moment', width: 1.5 },
    { key: 'confirmedBy', header: 'By', kind: 'text' },
    { key: 'standing', header: 'Standing', kind: 'text' },
  ],
  rows: (scope) => sql`
    SELECT rsu.name AS rsu, rsu.device_identifier AS device,
      operator.number || ' ' || operator.display_name AS operator, money_collected AS money,
      entry.reason, entered_at AS "enteredAt", enterer.display_name AS "enteredBy",
      confirmed_at AS "confirmedAt", confirmer.display_name AS "confirmedBy",
      CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN confirmed_at IS NULL THEN 'unconfirmed'
        ELSE 'confirmed' END AS standing
    FROM rsu_corruption_log entry
    JOIN rsus rsu ON rsu.id = entry.rsu_id
    JOIN users enterer ON enterer.id = entry.entered_by
    LEFT JOIN users confirmer ON confirmer.id = entry.confirmed_by
    LEFT JOIN operators operator ON operator.id = entry.operator_id
    WHERE entry.raffle_event_id = ${scope.raffleEventId}
    ORDER BY rsu.name, entered_at, entry.id`,
};

/** RSU corruption log (GLI-31 2.8.1g). */
export const rsuCorruptionLog: Report = {
  title: 'RSU corruption log',
  filters: [],
  isWide: true,
  sections: [corruptRsus],
};
