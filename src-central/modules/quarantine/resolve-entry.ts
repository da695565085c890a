import { sql } from 'drizzle-orm';
import type {
  QuarantinedEntry,
  QuarantineResolution,
} from '#shared/contract/central/people/quarantine.ts';
import type { OrderId, QuarantineId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Person } from '../../api/person.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { arrayParameter, firstRowOf, rowsOf } from '../../db/rows.ts';
import { orderFlagAcknowledgements } from '../../db/schema/order-desk.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import type { Projection } from '../journal/projection.ts';
import { type ChainRow, lockChain } from '../journal/repository.ts';
import { writeProjection } from '../journal/write-projection.ts';
import { takeOutOfPlay } from '../void-requests/take-out-of-play.ts';
import { judgeKeptEntry } from './judge-kept-entry.ts';
import {
  type KeptEntry,
  type Resolved,
  readFollowers,
  readKeptEntry,
  readQuarantinedEntry,
  recordResolution,
} from './repository.ts';

/**
 * Resolves an entry that waits for a person, and with it those that only waited for this one.
 *
 * Refuses to accept what would make a number valid twice or change what is reconciled, to link a sale
 * to orders that do not bear its validation numbers, and both while a void of it waits for a decision.
 */
export async function resolveEntry(
  central: Central,
  transaction: Transaction,
  person: Person,
  quarantineId: QuarantineId,
  resolution: QuarantineResolution,
): Promise<Result<QuarantinedEntry, Problem>> {
  const locked = await lockOpenEntry(transaction, quarantineId);
  if (!locked.ok) return locked;
  if (await hasOpenVoidRequest(transaction, quarantineId)) {
    return refuseWith('thing.in-use', 'somebody has asked for a void of it: decide that first');
  }
  const resolved =
    resolution.outcome === 'accept'
      ? await accept(central, transaction, person, locked.value, resolution.reason)
      : await link(central, transaction, person, locked.value, resolution);
  if (!resolved.ok) return resolved;
  return ok(await readQuarantinedEntry(transaction, quarantineId));
}

/**
 * Voids an entry that waits for a person: its numbers are dead, if they are this till's and nobody
 * else has them. Otherwise, and after reconciliation, nothing of it is counted anywhere.
 */
export async function voidEntry(
  central: Central,
  transaction: Transaction,
  person: Person,
  quarantineId: QuarantineId,
  reason: string,
): Promise<Result<void, Problem>> {
  const locked = await lockOpenEntry(transaction, quarantineId);
  if (!locked.ok) return locked;
  const { chain, kept, entry } = locked.value;
  const judged = await judgeKeptEntry(central, transaction, chain, kept);
  const isProjected = judged.ok && judged.value.projection.orders.length > 0;
  if (isProjected) {
    await project(transaction, chain, judged.value.projection);
    const orderIds = judged.value.projection.orders.map(({ id }) => id as OrderId);
    await acknowledgeFlags(central, transaction, person, orderIds, reason);
    await takeOutOfPlay(central, transaction, person, orderIds, reason);
  }
  await recordWithFollowers(transaction, entry, {
    state: 'voided',
    resolution: reason,
    isProjected,
    by: `user:${person.userId}`,
    at: central.now(),
  });
  await note(transaction, person, entry, 'voided', reason);
  return ok(undefined);
}

interface LockedEntry {
  readonly entry: QuarantinedEntry;
  readonly chain: ChainRow;
  readonly kept: KeptEntry;
}

/** The entry with its chain locked: intake of that journal waits meanwhile, and so does a confirmation. */
async function lockOpenEntry(
  transaction: Transaction,
  quarantineId: QuarantineId,
): Promise<Result<LockedEntry, Problem>> {
  const { chainId } = await readQuarantinedEntry(transaction, quarantineId);
  const chain = await lockChain(transaction, chainId);
  const entry = await readQuarantinedEntry(transaction, quarantineId);
  if (entry.state !== 'open') return refuseWith('thing.decided', `it is ${entry.state} already`);
  return ok({ entry, chain, kept: await readKeptEntry(transaction, entry) });
}

async function hasOpenVoidRequest(
  transaction: Transaction,
  quarantineId: QuarantineId,
): Promise<boolean> {
  const row = await firstRowOf<object>(
    transaction,
    sql`SELECT 1 FROM void_requests WHERE quarantine_id = ${quarantineId} AND decision IS NULL`,
  );
  return row !== undefined;
}

async function accept(
  central: Central,
  transaction: Transaction,
  person: Person,
  { entry, chain, kept }: LockedEntry,
  reason: string,
): Promise<Result<void, Problem>> {
  const judged = await judgeKeptEntry(central, transaction, chain, kept);
  if (!judged.ok) return refuseWith('quarantine.not-acceptable', judged.failure.explanation);
  await project(transaction, chain, judged.value.projection);
  const orderIds = judged.value.projection.orders.map(({ id }) => id as OrderId);
  await acknowledgeFlags(central, transaction, person, orderIds, reason);
  const by = `user:${person.userId}`;
  await recordResolution(transaction, entry.quarantineId, {
    state: 'accepted',
    resolution: reason,
    isProjected: true,
    by,
    at: central.now(),
  });
  for (const follower of await readFollowers(transaction, entry.quarantineId)) {
    const followed = await judgeKeptEntry(
      central,
      transaction,
      chain,
      await readKeptEntry(transaction, follower),
    );
    if (!followed.ok || followed.value.projection.orders.length > 0) continue;
    await project(transaction, chain, followed.value.projection);
    await recordResolution(transaction, follower.quarantineId, {
      state: 'accepted',
      resolution: `with entry ${entry.seq}: ${reason}`,
      isProjected: true,
      by,
      at: central.now(),
    });
  }
  await note(transaction, person, entry, 'accepted', reason);
  return ok(undefined);
}

/** What only waited for an entry that does not count does not count either; sales are left to a person. */
async function recordWithFollowers(
  transaction: Transaction,
  { quarantineId, seq }: QuarantinedEntry,
  resolved: Resolved,
): Promise<void> {
  await recordResolution(transaction, quarantineId, resolved);
  for (const follower of await readFollowers(transaction, quarantineId)) {
    const { reading } = await readKeptEntry(transaction, follower);
    if (reading.ok && reading.value.kind === 'sale.completed') continue;
    await recordResolution(transaction, follower.quarantineId, {
      ...resolved,
      resolution: `with entry ${seq}: ${resolved.resolution}`,
      isProjected: false,
    });
  }
}

/** An entry that was late says nothing of who is at the till now. */
function project(transaction: Transaction, chain: ChainRow, projection: Projection): Promise<void> {
  return writeProjection(transaction, chain, { ...projection, operatorId: undefined });
}

/** Who decides about a sale has looked at it. */
async function acknowledgeFlags(
  central: Central,
  transaction: Transaction,
  person: Person,
  orderIds: readonly OrderId[],
  note: string,
): Promise<void> {
  const flagged = await rowsOf<{ readonly orderId: OrderId; readonly flags: string[] }>(
    transaction,
    sql`SELECT id AS "orderId", flags FROM orders
      WHERE id = ANY(${arrayParameter(orderIds, 'uuid[]')}) AND flags <> '{}'`,
  );
  if (flagged.length === 0) return;
  const acknowledged = { note, acknowledgedBy: person.userId, acknowledgedAt: central.now() };
  await transaction
    .insert(orderFlagAcknowledgements)
    .values(flagged.map((order) => ({ ...order, ...acknowledged })));
}

async function link(
  central: Central,
  transaction: Transaction,
  person: Person,
  { entry, chain, kept }: LockedEntry,
  { reason, orderIds }: Extract<QuarantineResolution, { outcome: 'link' }>,
): Promise<Result<void, Problem>> {
  const known = await rowsOf<{ readonly validationNumber: string }>(
    transaction,
    sql`SELECT sold.validation_number AS "validationNumber" FROM orders sold
      JOIN raffle_events event ON event.id = sold.event_id
      JOIN rsus rsu ON rsu.organization_id = event.organization_id
      WHERE sold.id = ANY(${arrayParameter(orderIds, 'uuid[]')}) AND rsu.id = ${chain.rsuId}`,
  );
  if (known.length !== new Set(orderIds).size) return refuseWith('thing.unknown', 'no such order');
  const bearing = new Set(known.map(({ validationNumber }) => validationNumber));
  const { reading } = kept;
  if (reading.ok && reading.value.kind !== 'sale.completed') {
    return refuseWith('quarantine.not-linkable', 'it is no sale');
  }
  const orders =
    reading.ok && reading.value.kind === 'sale.completed' ? reading.value.payload.orders : [];
  const missing = orders.find(({ validationNumber }) => !bearing.has(validationNumber));
  if (missing !== undefined) {
    return refuseWith(
      'quarantine.not-linkable',
      `none of these orders bears the validation number ${missing.validationNumber}`,
    );
  }
  await recordWithFollowers(transaction, entry, {
    state: 'linked',
    resolution: reason,
    linkedOrderIds: orderIds,
    isProjected: false,
    by: `user:${person.userId}`,
    at: central.now(),
  });
  await note(transaction, person, entry, 'linked', reason);
  return ok(undefined);
}

function note(
  transaction: Transaction,
  person: Person,
  { rsuId, chainId, seq, quarantineId, reason: doubt }: QuarantinedEntry,
  outcome: 'accepted' | 'voided' | 'linked',
  reason: string,
): Promise<void> {
  return recordCriticalEvent(transaction, {
    type: `quarantine.${outcome}`,
    severity: 'WARN',
    description: reason,
    rsuId,
    userId: person.userId,
    metadata: { quarantineId, chainId, seq, doubt },
  });
}
