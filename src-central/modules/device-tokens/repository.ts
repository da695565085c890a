import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { ChainId } from '#shared/kernel/ids.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { criticalEvents } from '../../db/schema/records.ts';
import { chains, deviceNonces, rsus } from '../../db/schema/rsus.ts';

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

/** Notes a signature that is not the device's: an alert, and nothing else (GLI-31 5.4.2). */
export async function noteWrongSignature(
  database: Database,
  chainId: ChainId,
  source: string,
): Promise<void> {
  await database.execute(sql`
    INSERT INTO critical_events (event_type, rsu_id, severity, description, metadata, component_id)
    SELECT 'device.signature-wrong', rsu_id, 'WARN', 'Somebody without its key claims to be this till',
        jsonb_build_object('source', ${source}::TEXT, 'chainId', id), 'central'
    FROM chains WHERE id = ${chainId}`);
}

/** One more failure of a chain, whose row the caller has locked. */
export async function recordFailedValidation(
  transaction: Transaction,
  chain: { readonly id: string; readonly rsuId: string; readonly failedValidations: number },
  code: string,
): Promise<number> {
  const failedValidations = chain.failedValidations + 1;
  await transaction.update(chains).set({ failedValidations }).where(eq(chains.id, chain.id));
  await transaction.insert(criticalEvents).values({
    eventType: 'device.validation-failed',
    rsuId: chain.rsuId,
    severity: 'WARN',
    description: 'Whoever holds the key of this till signed what is not valid',
    chainId: chain.id,
    metadata: { code, failedValidations },
  });
  return failedValidations;
}

/** Disables an RSU after its failures; nothing if it is disabled already. */
export async function disableAfterFailures(
  transaction: Transaction,
  chain: { readonly id: string; readonly rsuId: string },
  failedValidations: number,
): Promise<void> {
  const disabled = await transaction
    .update(rsus)
    .set({ isActive: false })
    .where(and(eq(rsus.id, chain.rsuId), eq(rsus.isActive, true)))
    .returning({ id: rsus.id });
  if (disabled.length === 0) return;
  await transaction.insert(criticalEvents).values({
    eventType: 'rsu.disabled-after-failures',
    rsuId: chain.rsuId,
    severity: 'ERROR',
    description: 'The till was disabled after failed validations',
    chainId: chain.id,
    metadata: { failedValidations },
  });
}

/** A validation that succeeded: failures are counted in a row. */
export async function forgetFailures(database: Database, chainId: ChainId): Promise<void> {
  await database
    .update(chains)
    .set({ failedValidations: 0 })
    .where(and(eq(chains.id, chainId), gt(chains.failedValidations, 0)));
}
