import { and, eq, gt, lte } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { deviceNonces } from '../../db/schema/rsus.ts';

/** Keeps a nonce until it is used or expires, and forgets those that have expired. */
export async function addNonce(
  database: Database,
  nonceHash: Uint8Array,
  now: Date,
  lifetimeSeconds: number,
): Promise<void> {
  await database.delete(deviceNonces).where(lte(deviceNonces.expiresAt, now));
  const expiresAt = new Date(now.getTime() + lifetimeSeconds * 1000);
  await database.insert(deviceNonces).values({ nonceHash, expiresAt });
}

/** Uses a nonce up. False if it is unknown, expired or used: of two uses at once, one wins. */
export async function redeemNonce(
  database: Database,
  nonceHash: Uint8Array,
  now: Date,
): Promise<boolean> {
  const used = await database
    .delete(deviceNonces)
    .where(and(eq(deviceNonces.nonceHash, nonceHash), gt(deviceNonces.expiresAt, now)))
    .returning({ nonceHash: deviceNonces.nonceHash });
  return used.length === 1;
}
