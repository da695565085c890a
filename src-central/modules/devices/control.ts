import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Control } from '#shared/contract/central/control.ts';
import { RAFFLE_EVENT_STATES } from '#shared/contract/central/people/raffle-events.ts';
import type { RaffleEventState } from '#shared/contract/mirror/raffle-event.ts';
import { idSchema, instantSchema } from '#shared/contract/values.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Central } from '../../central.ts';
import type { Queryable } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import type { StoredRaffleEventState } from '../../db/schema/raffle-events.ts';
import type { Device } from './device.ts';

/** What every answer to a device carries. */
export interface AnswerFields {
  readonly control: Control;
  readonly serverTime: Instant;
  readonly epoch: number;
}

/** Raffle events stay in the mirror until this long after their end. */
const DAYS_AFTER_SALES_END = 7;

/** The most raffle events that one mirror holds. */
export const MOST_RAFFLE_EVENTS = 50;

const rowSchema = z.object({
  epoch: z.int(),
  version: z.int(),
  events: z.array(
    z.object({
      id: idSchema<RaffleEventId>(),
      state: z.enum(RAFFLE_EVENT_STATES),
      salesEnd: instantSchema,
    }),
  ),
});

/** The central's time as an instant. */
export function serverTime(central: Central): Instant {
  return instantFromEpoch(central.now().getTime());
}

/** The state of a raffle event as tills know it: for them, everything after the end is `closed`. */
export function stateForTills(state: StoredRaffleEventState): RaffleEventState {
  return state === 'closing' || state === 'reconciled' || state === 'drawn' ? 'closed' : state;
}

/** The condition under which a till of `device`'s RSU is told of a raffle event. */
export function visibleRaffleEvents(device: Device, now: Date) {
  return sql`raffle_events.organization_id = ${device.organisationId}
    AND raffle_events.state <> 'created'
    AND (raffle_events.venue_id IS NULL OR ${device.venueId}::UUID IS NULL
         OR raffle_events.venue_id = ${device.venueId}::UUID)
    AND (raffle_events.configuration ->> 'salesEnd')::TIMESTAMPTZ
        > ${now.toISOString()}::TIMESTAMPTZ - make_interval(days => ${DAYS_AFTER_SALES_END})`;
}

/**
 * The state of a raffle event for one device: over, if its RSU had ended its sales before the device
 * was enrolled (GLI-31 2.6.2).
 */
export function stateForDevice(device: Device): SQL<StoredRaffleEventState> {
  return sql<StoredRaffleEventState>`CASE WHEN raffle_events.state IN ('active', 'suspended') AND EXISTS (
      SELECT 1 FROM rsu_sales_ends ended WHERE ended.chain_id = ${device.chainId}
        AND ended.raffle_event_id = raffle_events.id AND ended.seq = 0)
    THEN 'closed' ELSE raffle_events.state END`;
}

/** What an answer to `device` carries, as things stand in the database now. */
export async function answerFields(
  central: Central,
  database: Queryable,
  device: Device,
): Promise<AnswerFields> {
  const row = await firstRowOf<object>(
    database,
    sql`SELECT (SELECT max(epoch) FROM system_epochs) AS epoch,
        (SELECT version FROM mirror_versions WHERE rsu_id = ${device.rsuId}) AS version,
        (SELECT coalesce(json_agg(visible), '[]') FROM (
          SELECT id, ${stateForDevice(device)} AS state, configuration ->> 'salesEnd' AS "salesEnd" FROM raffle_events
          WHERE ${visibleRaffleEvents(device, central.now())}
          ORDER BY configuration ->> 'salesStart', id LIMIT ${MOST_RAFFLE_EVENTS}
        ) AS visible) AS events`,
  );
  invariant(row !== undefined, 'a query without FROM has one row');
  const { epoch, version, events } = rowSchema.parse(row);
  return {
    control: {
      deviceState: device.state,
      raffleEvents: events.map(({ id, state, salesEnd }) => ({
        raffleEventId: id,
        state: stateForTills(state),
        salesEnd,
      })),
      mirrorVersion: `${epoch}.${version}`,
    },
    serverTime: serverTime(central),
    epoch,
  };
}
