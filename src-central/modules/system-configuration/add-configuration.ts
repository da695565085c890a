import { sql } from 'drizzle-orm';
import type {
  SystemConfiguration,
  SystemSettings,
} from '#shared/contract/central/people/system-configuration.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import { checkRevision } from '../../api/revision.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import {
  type ConfigurationRow,
  describeConfiguration,
  readConfiguration,
} from './read-configuration.ts';

/** What the next version says, given what is in force. */
export interface NextConfiguration {
  readonly settings: (current: SystemSettings) => SystemSettings;
  /** Now, if absent. */
  readonly effectiveFrom?: Instant | undefined;
  readonly reason: string;
}

/**
 * Adds a version of the system configuration. The last word counts: a version that has not begun when
 * this one does never begins. No older version changes, apart from its end.
 *
 * Refuses a change by somebody who has not seen the newest version, and a beginning in the past.
 */
export async function addConfiguration(
  central: Central,
  transaction: Transaction,
  revision: string | undefined,
  next: NextConfiguration,
): Promise<Result<SystemConfiguration, Problem>> {
  await transaction.execute(sql`LOCK TABLE system_configurations IN SHARE ROW EXCLUSIVE MODE`);
  const now = central.now();
  const current = await readConfiguration(transaction, now);
  const checked = checkRevision(revision, current.revision);
  if (!checked.ok) return checked;
  const from = next.effectiveFrom ?? now.toISOString();
  if (from < now.toISOString()) {
    return refuseWith('system-configuration.too-early', 'the past is on record');
  }
  await endOthers(transaction, from);
  const settings = next.settings(current.settings);
  const row = await insertVersion(transaction, from, settings, next.reason);
  await recordCriticalEvent(transaction, {
    type: 'system-configuration.changed',
    severity: 'WARN',
    description: next.reason,
    metadata: { version: row.version, effectiveFrom: from },
  });
  return ok(describeConfiguration(row));
}

/** Ends what is in force at `from`; what would begin later never does. */
async function endOthers(transaction: Transaction, from: string): Promise<void> {
  await transaction.execute(sql`
    UPDATE system_configurations SET effective_to = greatest(effective_from, ${from}::TIMESTAMPTZ)
    WHERE effective_to IS NULL OR effective_to > greatest(effective_from, ${from}::TIMESTAMPTZ)`);
}

async function insertVersion(
  transaction: Transaction,
  from: string,
  settings: SystemSettings,
  reason: string,
): Promise<ConfigurationRow> {
  const row = await firstRowOf<ConfigurationRow>(
    transaction,
    sql`INSERT INTO system_configurations (version, effective_from, settings, reason, created_by)
      SELECT (max(version::BIGINT) + 1)::TEXT, ${from}::TIMESTAMPTZ, ${JSON.stringify(settings)}::JSONB,
        ${reason}, actor_id(current_actor())
      FROM system_configurations
      RETURNING id, version, effective_from AS "effectiveFrom", effective_to AS "effectiveTo",
        settings, reason, created_by AS "createdBy", created_at AS "createdAt", version AS revision`,
  );
  invariant(row !== undefined, 'an insert returns its row');
  return row;
}
