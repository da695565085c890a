import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { AllocationRequest } from '#shared/contract/central/allocations.ts';
import type { NumberRange } from '#shared/kernel/draw-numbers.ts';
import type { ChainId, RequestId, RsuId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { keepSecret } from '../../db/kept-secrets.ts';
import { firstRowOf } from '../../db/rows.ts';
import {
  allocationRequests,
  rsuAllocations,
  validationNumberBlocks,
  validationPrefixes,
} from '../../db/schema/numbers.ts';
import {
  raffleEventNumberPools,
  raffleEventProfiles,
  raffleEvents,
} from '../../db/schema/raffle-events.ts';
import { criticalEvents } from '../../db/schema/records.ts';

/** The numbers that one request got, by id. */
export interface Granted {
  readonly allocationIds: readonly string[];
  readonly validationBlockIds: readonly string[];
}

/** Makes requests of one RSU take turns, also when it asks twice at once. */
export async function lockRequests(transaction: Transaction, rsuId: RsuId): Promise<void> {
  await transaction.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended('allocations/' || ${rsuId}::TEXT, 0))`,
  );
}

/** What an earlier request with this id got. */
export async function findAnswered(
  transaction: Transaction,
  rsuId: RsuId,
  requestId: RequestId,
): Promise<Granted | undefined> {
  const [row] = await transaction
    .select()
    .from(allocationRequests)
    .where(and(eq(allocationRequests.rsuId, rsuId), eq(allocationRequests.requestId, requestId)));
  return row;
}

/** Remembers what a request got. */
export async function recordAnswered(
  transaction: Transaction,
  rsuId: RsuId,
  request: AllocationRequest,
  granted: Granted,
): Promise<void> {
  await transaction.insert(allocationRequests).values({
    rsuId,
    requestId: request.requestId,
    raffleEventId: request.raffleEventId,
    allocationIds: [...granted.allocationIds],
    validationBlockIds: [...granted.validationBlockIds],
  });
}

/** A raffle event as far as dealing numbers goes. */
export interface EventRow {
  readonly id: string;
  readonly organisationId: string;
  readonly state: string;
  readonly ticketAllocation: unknown;
  readonly profile: unknown;
}

/** One raffle event with its frozen profile. */
export async function readEvent(
  transaction: Transaction,
  raffleEventId: string,
): Promise<EventRow | undefined> {
  const [row] = await transaction
    .select({
      id: raffleEvents.id,
      organisationId: raffleEvents.organizationId,
      state: raffleEvents.state,
      ticketAllocation: raffleEvents.ticketAllocation,
      profile: raffleEventProfiles.profile,
    })
    .from(raffleEvents)
    .innerJoin(raffleEventProfiles, eq(raffleEventProfiles.raffleEventId, raffleEvents.id))
    .where(eq(raffleEvents.id, raffleEventId));
  return row;
}

/** Whether the RSU has ended its sales for a raffle event, in this enrolment or before it. */
export async function hasEndedSales(
  transaction: Transaction,
  chainId: ChainId,
  raffleEventId: string,
): Promise<boolean> {
  const row = await firstRowOf(
    transaction,
    sql`SELECT 1 FROM rsu_sales_ends
      WHERE chain_id = ${chainId} AND raffle_event_id = ${raffleEventId}`,
  );
  return row !== undefined;
}

/** The raffle event's pool, locked until the transaction ends. */
export async function lockPool(
  transaction: Transaction,
  raffleEventId: string,
): Promise<{ readonly nextNumber: number; readonly endNumber: number }> {
  const [row] = await transaction
    .select()
    .from(raffleEventNumberPools)
    .where(eq(raffleEventNumberPools.raffleEventId, raffleEventId))
    .for('update');
  invariant(row !== undefined, 'every raffle event has a pool');
  return row;
}

/** Takes `count` numbers, or their places in random mode, out of the pool. */
export async function advancePool(
  transaction: Transaction,
  raffleEventId: string,
  count: number,
): Promise<void> {
  await transaction
    .update(raffleEventNumberPools)
    .set({
      nextNumber: sql`${raffleEventNumberPools.nextNumber} + ${count}`,
      numbersDealt: sql`${raffleEventNumberPools.numbersDealt} + ${count}`,
    })
    .where(eq(raffleEventNumberPools.raffleEventId, raffleEventId));
}

/** The holder's newest allocation for a raffle event. */
export async function latestAllocationId(
  transaction: Transaction,
  { chainId, rsuId }: Holder,
  raffleEventId: string,
): Promise<string | undefined> {
  const [row] = await transaction
    .select({ id: rsuAllocations.id })
    .from(rsuAllocations)
    .where(
      and(
        eq(rsuAllocations.rsuId, rsuId),
        chainId === null ? isNull(rsuAllocations.chainId) : eq(rsuAllocations.chainId, chainId),
        eq(rsuAllocations.raffleEventId, raffleEventId),
      ),
    )
    .orderBy(desc(rsuAllocations.allocatedAt))
    .limit(1);
  return row?.id;
}

/** Whose numbers are dealt: one device, and the RSU that it is. The virtual RSU has no device. */
export interface Holder {
  readonly chainId: ChainId | null;
  readonly rsuId: RsuId;
}

/** Hands `indices` to a device. In sequential mode they are the numbers themselves. */
export async function createAllocation(
  transaction: Transaction,
  holder: Holder,
  raffleEventId: string,
  numberMode: 'sequential' | 'random',
  indices: NumberRange,
): Promise<string> {
  const total = indices.to - indices.from;
  const [row] = await transaction
    .insert(rsuAllocations)
    .values({
      raffleEventId,
      ...holderOf(holder),
      numberMode,
      startNumber: indices.from,
      endNumber: indices.to - 1,
      nextDrawNumber: indices.from,
      totalTickets: total,
      ticketsAvailable: total,
      state: 'active',
      validationNumberBlock: {},
    })
    .returning({ id: rsuAllocations.id });
  invariant(row !== undefined, 'an insert returns its row');
  await transaction.insert(criticalEvents).values({
    eventType: 'allocation.granted',
    eventId: raffleEventId,
    ...holderOf(holder),
    severity: 'INFO',
    description: `${total} draw numbers`,
    metadata: { allocationId: row.id, numberMode, ...indices },
  });
  return row.id;
}

/** A new block of validation numbers: a prefix that is unique for ever, and a secret key. */
export async function createValidationBlock(
  central: Central,
  transaction: Transaction,
  holder: Holder,
  raffleEventId: string,
  allocationId: string,
  blockSize: number,
): Promise<string> {
  const prefix = await nextPrefix(transaction);
  const id = randomUUID();
  // Before the block, which raises the version of the mirror: see "The order of locks".
  await transaction
    .update(rsuAllocations)
    .set({
      validationNumberBlock: { validationBlockId: id, prefix, size: blockSize },
    })
    .where(eq(rsuAllocations.id, allocationId));
  await transaction.insert(validationPrefixes).values({ prefix, validationBlockId: id });
  await transaction.insert(validationNumberBlocks).values({
    id,
    rsuAllocationId: allocationId,
    ...holderOf(holder),
    raffleEventId,
    prefix,
    blockStart: `${prefix}00000001`,
    blockEnd: `${prefix}${String(blockSize).padStart(8, '0')}`,
    blockSize,
  });
  await keepSecret(transaction, central.vault, 'validation-block-key', id, central.randomBytes(32));
  return id;
}

function holderOf({ rsuId, chainId }: Holder) {
  return { rsuId, chainId };
}

/** Allocations by their ids. */
export function readAllocationsById(transaction: Transaction, ids: readonly string[]) {
  return transaction
    .select()
    .from(rsuAllocations)
    .where(inArray(rsuAllocations.id, [...ids]));
}

/** Validation blocks by their ids. */
export function readBlocksById(transaction: Transaction, ids: readonly string[]) {
  return transaction
    .select()
    .from(validationNumberBlocks)
    .where(inArray(validationNumberBlocks.id, [...ids]));
}

const FIRST_PREFIX = 10_000_000;
const PREFIX_SPACE = 90_000_000;
const PREFIX_ALARM_SHARE = 0.8;

async function nextPrefix(transaction: Transaction): Promise<string> {
  const row = await firstRowOf<{ prefix: number }>(
    transaction,
    sql`SELECT nextval('validation_prefix_sequence') AS prefix`,
  );
  invariant(row !== undefined, 'a sequence has a next value');
  await alarmIfFewPrefixes(transaction, row.prefix - FIRST_PREFIX);
  return String(row.prefix);
}

/** Notes once a day that the prefixes run out: there is no other form of them to change over to. */
async function alarmIfFewPrefixes(transaction: Transaction, used: number): Promise<void> {
  if (used < PREFIX_SPACE * PREFIX_ALARM_SHARE) return;
  await transaction.execute(sql`
    INSERT INTO critical_events (event_type, severity, description, metadata, component_id)
    SELECT 'validation-prefixes.low', 'ERROR', ${`${PREFIX_SPACE - used} prefixes are left`},
        jsonb_build_object('used', ${used}::BIGINT, 'space', ${PREFIX_SPACE}::BIGINT), 'central'
    WHERE NOT EXISTS (SELECT 1 FROM critical_events WHERE event_type = 'validation-prefixes.low'
                      AND timestamp > now() - interval '1 day')`);
}
