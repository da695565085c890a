import type { LastKnownFacts } from '#shared/contract/central/people/missing-rsus.ts';
import type { TestCentral } from './test-central.ts';

/** What is known of a till that has never reported. */
const NOTHING_KNOWN: LastKnownFacts = {
  report: null,
  arrived: null,
  unreported: { orderCount: 0, grossMinor: 0 },
  numbers: [],
};

/** One record of each kind that people keep about an RSU, made by hand: their ids by path parameter. */
export async function insertRsuRecords(
  { query }: TestCentral,
  rsuId: string,
  raffleEventId: string,
  userId: string,
): Promise<Readonly<Record<string, string>>> {
  const [missing] = await query(
    `INSERT INTO rsu_missing_reports (rsu_id, reason, facts, reported_by, reported_at)
     VALUES ($1, 'a test', $2, $3, now()) RETURNING id`,
    [rsuId, JSON.stringify(NOTHING_KNOWN), userId],
  );
  const [corruption] = await query(
    `INSERT INTO rsu_corruption_log (rsu_id, raffle_event_id, reason, money_collected, entered_by, entered_at)
     VALUES ($1, $2, 'a test', 0, $3, now()) RETURNING id`,
    [rsuId, raffleEventId, userId],
  );
  const [command] = await query(
    `INSERT INTO rsu_commands (rsu_id, kind, body, issued_by, issued_at)
     VALUES ($1, 'message', '{"kind": "message", "text": "a test"}', $2, now()) RETURNING id`,
    [rsuId, userId],
  );
  return {
    missingReportId: String(missing?.['id']),
    corruptionId: String(corruption?.['id']),
    commandId: String(command?.['id']),
  };
}
