import { and, asc, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Heartbeat, HeartbeatAnswer } from '#shared/contract/central/heartbeats.ts';
import type { jackpotSchema } from '#shared/contract/mirror/raffle-event.ts';
import { prizeOf } from '#shared/domain/jackpot.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { type CurrencyCode, money } from '#shared/kernel/money.ts';
import type { Central } from '../../central.ts';
import { organizations } from '../../db/schema/organisations.ts';
import { prizes, raffleEvents } from '../../db/schema/raffle-events.ts';
import { rsuTotals } from '../../db/schema/rsus.ts';
import { readAward } from '../../prize-award.ts';
import { answerFields, serverTime } from '../devices/control.ts';
import type { Device } from '../devices/device.ts';
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
  const [row] = await central.database
    .select({
      currency: organizations.primaryCurrency,
      type: prizes.type,
      value: prizes.value,
      percentage: prizes.percentage,
      cap: prizes.cap,
      gross: sql<number>`(SELECT coalesce(sum(${rsuTotals.gross}), 0)::BIGINT FROM ${rsuTotals}
        WHERE ${rsuTotals.raffleEventId} = ${raffleEventId})`,
    })
    .from(prizes)
    .innerJoin(raffleEvents, eq(raffleEvents.id, prizes.eventId))
    .innerJoin(organizations, eq(organizations.id, raffleEvents.organizationId))
    .where(
      and(
        eq(prizes.eventId, raffleEventId),
        eq(prizes.type, 'percentage'),
        eq(organizations.id, device.organisationId),
      ),
    )
    .orderBy(asc(prizes.position))
    .limit(1);
  if (row === undefined) return null;
  const currency = row.currency as CurrencyCode;
  const prize = prizeOf(money(row.gross, currency), readAward(row, currency));
  return { raffleEventId, prizeMinor: prize.minor, currency, knownAt: serverTime(central) };
}
