import { sql } from 'drizzle-orm';
import type { Heartbeat } from '#shared/contract/central/heartbeats.ts';
import type { Database } from '../../db/database.ts';
import type { Device } from '../devices/device.ts';

/** Keeps one report. Reports are never changed: the last one before a till is lost is evidence. */
export async function recordHeartbeat(
  database: Database,
  device: Device,
  epoch: number,
  heartbeat: Heartbeat,
): Promise<void> {
  await database.execute(sql`
    INSERT INTO rsu_heartbeats (rsu_id, chain_id, epoch, report)
    VALUES (${device.rsuId}, ${device.chainId}, ${epoch}, ${JSON.stringify(heartbeat)}::JSONB)`);
}
