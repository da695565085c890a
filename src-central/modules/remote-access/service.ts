import type { RemoteAccess } from '#shared/contract/central/people/person-sessions.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Call } from '../../api/call.ts';
import type { Problem } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Queryable, Transaction } from '../../db/database.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { addConfiguration } from '../system-configuration/add-configuration.ts';
import { readConfiguration } from '../system-configuration/read-configuration.ts';

/** The switch, and the newest version of the system configuration that it is part of. */
export interface RemoteAccessVersion extends RemoteAccess {
  readonly revision: string;
}

/** The switch as it stands at `now`. */
export async function readRemoteAccess(
  database: Queryable,
  now: Date,
): Promise<RemoteAccessVersion> {
  const { settings, revision } = await readConfiguration(database, now);
  return { ...settings.remoteAccess, revision };
}

/** Whether people at `address` may use the system (GLI-31 6.3.1). */
export async function admitsAddress(central: Central, address: string): Promise<boolean> {
  if (isThisComputer(address)) return true;
  const { isAllowed, allowedAddresses } = await readRemoteAccess(central.database, central.now());
  return isAllowed || allowedAddresses.includes(address);
}

/**
 * Sets the switch: a new version of the system configuration from now on.
 *
 * Refuses a change by somebody who has not seen the newest version.
 */
export async function setRemoteAccess(
  central: Central,
  transaction: Transaction,
  { revision, body }: Call<unknown, unknown, RemoteAccess & { readonly reason: string }>,
): Promise<Result<RemoteAccessVersion, Problem>> {
  const { reason, ...remoteAccess } = body;
  const added = await addConfiguration(central, transaction, revision, {
    settings: (current) => ({ ...current, remoteAccess }),
    reason,
  });
  if (!added.ok) return added;
  await recordCriticalEvent(transaction, {
    type: remoteAccess.isAllowed ? 'remote-access.switched-on' : 'remote-access.switched-off',
    severity: 'WARN',
    description: reason,
    metadata: { allowedAddresses: remoteAccess.allowedAddresses },
  });
  return ok({ ...remoteAccess, revision: added.value.version });
}

function isThisComputer(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
