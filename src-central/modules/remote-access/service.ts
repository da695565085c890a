import { sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type RemoteAccess,
  remoteAccessSchema,
} from '#shared/contract/central/people/person-sessions.ts';
import type { UserId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Call } from '../../api/call.ts';
import type { Person } from '../../api/person.ts';
import type { Problem } from '../../api/problems.ts';
import { checkRevision } from '../../api/revision.ts';
import type { Central } from '../../central.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';

/** The part of `system_configurations.settings` that says who may come in from elsewhere. */
const settingsSchema = z.object({
  remoteAccess: remoteAccessSchema.default({ isAllowed: true, allowedAddresses: [] }),
});

/** The switch and the version of the system configuration that it is part of. */
export interface RemoteAccessVersion extends RemoteAccess {
  readonly revision: string;
}

/** The switch as it stands at `now`. */
export async function readRemoteAccess(
  database: Queryable,
  now: Date,
): Promise<RemoteAccessVersion> {
  const row = await firstRowOf<{ readonly settings: unknown; readonly version: string }>(
    database,
    sql`SELECT settings, version FROM system_configurations
        WHERE effective_from <= ${now.toISOString()}::TIMESTAMPTZ
          AND (effective_to IS NULL OR effective_to > ${now.toISOString()}::TIMESTAMPTZ)
        ORDER BY effective_from DESC LIMIT 1`,
  );
  const { remoteAccess } = settingsSchema.parse(row?.settings ?? {});
  return { ...remoteAccess, revision: row?.version ?? '0' };
}

/** Whether people at `address` may use the system (GLI-31 6.3.1). */
export async function admitsAddress(central: Central, address: string): Promise<boolean> {
  if (isThisComputer(address)) return true;
  const { isAllowed, allowedAddresses } = await readRemoteAccess(central.database, central.now());
  return isAllowed || allowedAddresses.includes(address);
}

/** Notes who was kept out, at most once a minute for each person. */
export async function noteRefusedAddress(
  central: Central,
  userId: UserId,
  address: string,
): Promise<void> {
  const recent = await firstRowOf<object>(
    central.database,
    sql`SELECT 1 FROM critical_events
        WHERE event_type = 'remote-access.refused' AND user_id = ${userId}
          AND received_at > NOW() - INTERVAL '1 minute' LIMIT 1`,
  );
  if (recent !== undefined) return;
  await recordCriticalEvent(central.database, {
    type: 'remote-access.refused',
    severity: 'WARN',
    description: 'a person was kept out because remote access is switched off',
    userId,
    metadata: { address },
  });
}

/**
 * Sets the switch: a new version of the system configuration from now on.
 *
 * Refuses a change that was made from another version than the one in force.
 */
export async function setRemoteAccess(
  central: Central,
  transaction: Transaction,
  { person, revision, body }: Call<unknown, unknown, RemoteAccess & { readonly reason: string }>,
): Promise<Result<RemoteAccessVersion, Problem>> {
  await transaction.execute(sql`LOCK TABLE system_configurations IN SHARE ROW EXCLUSIVE MODE`);
  const current = await readRemoteAccess(transaction, central.now());
  const checked = checkRevision(revision, current.revision);
  if (!checked.ok) return checked;
  const { reason, ...remoteAccess } = body;
  await addVersion(transaction, central.now(), person, remoteAccess);
  await recordCriticalEvent(transaction, {
    type: remoteAccess.isAllowed ? 'remote-access.switched-on' : 'remote-access.switched-off',
    severity: 'WARN',
    description: reason,
    userId: person.userId,
    metadata: { allowedAddresses: remoteAccess.allowedAddresses },
  });
  return ok(await readRemoteAccess(transaction, central.now()));
}

async function addVersion(
  transaction: Transaction,
  now: Date,
  { userId }: Person,
  remoteAccess: RemoteAccess,
): Promise<void> {
  await transaction.execute(sql`
    WITH latest AS (
      SELECT id, version, settings FROM system_configurations WHERE effective_to IS NULL
      ORDER BY effective_from DESC LIMIT 1
    ), ended AS (
      UPDATE system_configurations SET effective_to = ${now.toISOString()}::TIMESTAMPTZ
      WHERE id = (SELECT id FROM latest)
    )
    INSERT INTO system_configurations (version, effective_from, settings, created_by)
    SELECT (version::BIGINT + 1)::TEXT, ${now.toISOString()}::TIMESTAMPTZ,
      settings || jsonb_build_object('remoteAccess', ${JSON.stringify(remoteAccess)}::JSONB),
      ${userId}
    FROM latest`);
}

function isThisComputer(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
