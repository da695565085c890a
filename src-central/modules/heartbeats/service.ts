import type { z } from 'zod';
import type { Heartbeat, HeartbeatAnswer } from '#shared/contract/central/heartbeats.ts';
import type { jackpotSchema } from '#shared/contract/mirror/raffle-event.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import type { Central } from '../../central.ts';
import { answerFields, serverTime } from '../devices/control.ts';
import type { Device } from '../devices/device.ts';
import { readJackpot } from '../jackpot/read-jackpot.ts';
import { recordHeartbeat } from './repository.ts';

/** How often a till should report (GLI-31 5.4.2). */
const HEARTBEAT_SECONDS = 30;

/** Keeps what a till says of itself, and answers with the running jackpot. */
export async function takeHeartbeat(
  central: Central,
  device: Device,
  heartbeat: Heartbeat,
): Promise<HeartbeatAnswer> {
  const fields = await answerFields(central, central.database, device);
  await recordHeartbeat(central.database, device, fields.epoch, heartbeat);
  return {
    jackpot:
      heartbeat.raffleEventId === null
        ? null
        : await runningJackpot(central, device, heartbeat.raffleEventId),
    nextInSeconds: HEARTBEAT_SECONDS,
    ...fields,
  };
}

/** What the first percentage prize is worth now, from sales the central knows of. */
async function runningJackpot(
  central: Central,
  device: Device,
  raffleEventId: RaffleEventId,
): Promise<z.infer<typeof jackpotSchema> | null> {
  const prizes = await readJackpot(central.database, raffleEventId, device.organisationId);
  const growing = prizes.find(({ award }) => award.kind === 'percentage');
  if (growing === undefined) return null;
  const { minor: prizeMinor, currency } = growing.value;
  return { raffleEventId, prizeMinor, currency, knownAt: serverTime(central) };
}
