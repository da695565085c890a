import { sql } from 'drizzle-orm';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Appliers } from './appliers.ts';
import type { WritableDatabase } from './open-database.ts';
import { prepareInsert } from './prepare-insert.ts';
import { prepareUpdate } from './prepare-update.ts';
import { device } from './schema.ts';

/** The device table has this one row. */
export const DEVICE_ID = 1;

type DeviceKind =
  | 'terminal.enrolled'
  | 'terminal.started'
  | 'terminal.stopped'
  | 'terminal.rebuilt'
  | 'configuration.approved'
  | 'clock.doubted'
  | 'clock.confirmed'
  | 'significant-event.noted'
  | 'checkpoint.signed'
  | 'raffle-event.chosen';

/** Entries about the till itself. Some are kept for the record alone. */
export function createDeviceAppliers(database: WritableDatabase): Appliers<DeviceKind> {
  const insertDevice = prepareInsert(database, device);
  const chooseRaffleEvent = prepareUpdate(database, device, 'deviceId', ['chosenRaffleEventId']);
  const approveConfiguration = prepareUpdate(database, device, 'deviceId', ['configurationHash']);
  const markStopped = prepareUpdate(database, device, 'deviceId', ['hasStoppedCleanly']);
  const markStarted = database.orm
    .update(device)
    .set({
      hasStoppedCleanly: false,
      signedInOperatorId: null,
      // The first configuration needs nobody's approval; a later one does.
      configurationHash: sql`coalesce(${device.configurationHash}, ${sql.placeholder('configurationHash')})`,
    })
    .prepare();

  return {
    'terminal.enrolled': ({ payload }) => {
      insertDevice({
        deviceId: DEVICE_ID,
        chainId: payload.chainId,
        rsuId: payload.rsuId,
        rsuName: payload.rsuName,
        organisationId: payload.organisationId,
        devicePublicKey: bytesOf(payload.devicePublicKey),
        machineFingerprint: payload.machineFingerprint,
        centralUrl: payload.centralUrl,
        centralPublicKey: bytesOf(payload.centralPublicKey),
        // Until the central says otherwise, the till may not sell.
        deviceState: 'disabled',
        hasStoppedCleanly: false,
      });
    },
    'terminal.started': ({ payload }) => {
      markStarted.run({ configurationHash: payload.configurationHash });
    },
    'terminal.stopped': () => markStopped({ deviceId: DEVICE_ID, hasStoppedCleanly: true }),
    'configuration.approved': ({ payload }) =>
      approveConfiguration({
        deviceId: DEVICE_ID,
        configurationHash: payload.configurationHash,
      }),
    'raffle-event.chosen': ({ payload }) =>
      chooseRaffleEvent({ deviceId: DEVICE_ID, chosenRaffleEventId: payload.raffleEventId }),
    'terminal.rebuilt': changesNoRow,
    'clock.doubted': changesNoRow,
    'clock.confirmed': changesNoRow,
    'significant-event.noted': changesNoRow,
    'checkpoint.signed': changesNoRow,
  };
}

function changesNoRow(): void {}

function bytesOf(base64: string): Uint8Array {
  const bytes = fromBase64(base64);
  invariant(bytes !== undefined, 'the schema lets only Base64 through');
  return bytes;
}
