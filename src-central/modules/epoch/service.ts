import { desc, sql } from 'drizzle-orm';
import type { HoldingsReport } from '#shared/contract/central/allocations.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Allocation } from '#shared/contract/mirror/numbers.ts';
import type { RsuId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Database, Queryable, Transaction } from '../../db/database.ts';
import { transactAs } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { epochReports, systemEpochs } from '../../db/schema/records.ts';
import type { Device } from '../devices/device.ts';
import {
  type HeldAllocation,
  mayHaveForgotten,
  mayReportForRsu,
  registerAllocations,
  registerBlocks,
  skipDrawNumbers,
  skipPrefixesThrough,
} from './repository.ts';

/** A report does not say how large a block is: any sequence of it may be in use. */
const LARGEST_BLOCK = 99_999_999;

/** The epoch that counts now. */
export async function currentEpoch(database: Queryable): Promise<number> {
  const [row] = await database
    .select({ epoch: systemEpochs.epoch })
    .from(systemEpochs)
    .orderBy(desc(systemEpochs.epoch))
    .limit(1);
  invariant(row !== undefined, 'the central has an epoch from its first start');
  return row.epoch;
}

/**
 * Makes sure that the epoch belongs to this very database server.
 *
 * A restore into another cluster, a point-in-time recovery and a fail-over all change the server's
 * identity or timeline, and so start a new epoch. A dump restored into the same cluster does not:
 * then an administrator calls `startEpoch`.
 */
export async function ensureEpoch(database: Database): Promise<number> {
  const identity = await databaseIdentity(database);
  return transactAs(database, 'system', async (transaction) => {
    await transaction.execute(sql`LOCK TABLE system_epochs IN EXCLUSIVE MODE`);
    const [latest] = await transaction
      .select()
      .from(systemEpochs)
      .orderBy(desc(systemEpochs.epoch))
      .limit(1);
    if (latest?.databaseIdentity === identity) return latest.epoch;
    const epoch = (latest?.epoch ?? 0) + 1;
    const reason = latest === undefined ? 'first start' : 'restored or failed over';
    await transaction.insert(systemEpochs).values({ epoch, databaseIdentity: identity, reason });
    return epoch;
  });
}

/** Starts a new epoch after a restore that the server's identity does not show. */
export async function startEpoch(database: Database, reason: string): Promise<number> {
  const identity = await databaseIdentity(database);
  return transactAs(database, 'system', async (transaction) => {
    await transaction.execute(sql`LOCK TABLE system_epochs IN EXCLUSIVE MODE`);
    const epoch = (await currentEpoch(transaction)) + 1;
    await transaction.insert(systemEpochs).values({ epoch, databaseIdentity: identity, reason });
    return epoch;
  });
}

/**
 * Takes a till's report of the numbers it holds. Those that a restore made the database forget are
 * registered, as far as the report says which they are: random ones come with the journal. Only the
 * device that was the RSU when the epoch began speaks for what was forgotten.
 */
export async function takeHoldings(
  database: Database,
  device: Device,
  report: HoldingsReport,
): Promise<void> {
  await transactAs(database, `rsu:${device.rsuId}`, async (transaction) => {
    if (await mayHaveForgotten(transaction, device.chainId)) {
      await registerReport(transaction, device, report);
    }
    if (!(await mayReportForRsu(transaction, device.chainId))) return;
    await transaction
      .insert(epochReports)
      .values({
        epoch: await currentEpoch(transaction),
        rsuId: device.rsuId,
        kind: 'reported',
        detail: report,
      })
      .onConflictDoUpdate({
        target: [epochReports.epoch, epochReports.rsuId],
        set: { kind: 'reported', detail: report, reportedAt: sql`now()` },
      });
  });
}

/**
 * Registers numbers from a journal entry that says they arrived, if a restore made the database
 * forget them. Done before later entries of the journal are judged, so that their sales count.
 */
export async function takeReceivedNumbers(
  transaction: Transaction,
  chain: { readonly id: string; readonly rsuId: string },
  received: readonly EntryPayload<'numbers.received'>[],
): Promise<void> {
  if (received.length === 0 || !(await mayHaveForgotten(transaction, chain.id))) return;
  const holder = { rsuId: chain.rsuId, chainId: chain.id };
  await registerAllocations(
    transaction,
    holder,
    received.flatMap(({ allocations }) => allocations).map(heldAllocation),
  );
  await registerBlocks(
    transaction,
    holder,
    received.flatMap(({ validationBlocks }) => validationBlocks),
  );
}

/**
 * Deals numbers again although this RSU has not reported, or not all, and may never do so.
 *
 * Leaves out `safetyGap` draw numbers of every raffle event, and as many prefixes: at least as many
 * as the lost till can have been given since the backup.
 */
export async function skipHoldings(
  database: Database,
  actor: string,
  rsuId: RsuId,
  safetyGap: number,
): Promise<void> {
  await transactAs(database, actor, async (transaction) => {
    await skipDrawNumbers(transaction, safetyGap);
    await skipPrefixesThrough(transaction, safetyGap);
    await transaction
      .insert(epochReports)
      .values({
        epoch: await currentEpoch(transaction),
        rsuId,
        kind: 'skipped',
        detail: { by: actor, safetyGap },
      })
      .onConflictDoUpdate({
        target: [epochReports.epoch, epochReports.rsuId],
        set: { kind: 'skipped', detail: { by: actor, safetyGap }, reportedAt: sql`now()` },
      });
  });
}

async function registerReport(
  transaction: Transaction,
  device: Device,
  report: HoldingsReport,
): Promise<void> {
  await registerAllocations(
    transaction,
    device,
    report.allocations.map(({ allocationId, raffleEventId, indices }) => ({
      allocationId,
      raffleEventId,
      ...indices,
      numbers: null,
    })),
  );
  await registerBlocks(
    transaction,
    device,
    report.validationBlocks.map((block) => ({ ...block, size: LARGEST_BLOCK })),
  );
}

function heldAllocation(allocation: Allocation): HeldAllocation {
  const { allocationId, raffleEventId, indices } = allocation;
  const numbers = allocation.mode === 'random' ? allocation.numbers : null;
  return { allocationId, raffleEventId, ...indices, numbers };
}

async function databaseIdentity(database: Database): Promise<string> {
  const row = await firstRowOf<{ identity: string }>(
    database,
    sql`SELECT system.system_identifier || '/' || checkpoint.timeline_id || '/' || current_database()
          AS identity
        FROM pg_control_system() system, pg_control_checkpoint() checkpoint`,
  );
  invariant(row !== undefined, 'the server has an identity');
  return row.identity;
}
