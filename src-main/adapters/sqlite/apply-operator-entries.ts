import type { OperatorId } from '#shared/kernel/ids.ts';
import type { Appliers } from './appliers.ts';
import { DEVICE_ID } from './apply-device-entries.ts';
import type { WritableDatabase } from './open-database.ts';
import { prepareUpdate } from './prepare-update.ts';
import { device, operators } from './schema.ts';

type OperatorKind =
  | 'operator.signed-in'
  | 'operator.sign-in-failed'
  | 'operator.signed-out'
  | 'operator.pin-changed'
  | 'session.locked'
  | 'session.unlocked';

/** Entries about the people at the till. */
export function createOperatorAppliers(database: WritableDatabase): Appliers<OperatorKind> {
  const setSignedIn = prepareUpdate(database, device, 'deviceId', ['signedInOperatorId']);
  const setFailures = prepareUpdate(database, operators, 'operatorId', [
    'failuresInARow',
    'delayedUntil',
  ]);
  const setCredential = prepareUpdate(database, operators, 'operatorId', ['changedCredential']);
  const forgive = (operatorId: OperatorId) =>
    setFailures({ operatorId, failuresInARow: 0, delayedUntil: null });

  return {
    'operator.signed-in': ({ payload }) => {
      setSignedIn({ deviceId: DEVICE_ID, signedInOperatorId: payload.operatorId });
      forgive(payload.operatorId);
    },
    'operator.sign-in-failed': ({ payload }) => {
      const { operatorId, failuresInARow, delayedUntil } = payload;
      if (operatorId !== null) setFailures({ operatorId, failuresInARow, delayedUntil });
    },
    'operator.signed-out': () => setSignedIn({ deviceId: DEVICE_ID, signedInOperatorId: null }),
    'operator.pin-changed': ({ payload }) =>
      setCredential({
        operatorId: payload.operatorId,
        changedCredential: payload.wrappedCredential,
      }),
    'session.locked': () => {},
    'session.unlocked': ({ payload }) => forgive(payload.operatorId),
  };
}
