import { jurisdictionProfileSchema } from '#shared/contract/mirror/jurisdiction-profile.ts';
import type { OrganisationId, RaffleEventId } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { type NumberPlan, numberPlanSchema } from '../../raffle-event-settings.ts';
import { type CentralRefusal, refuseRequest } from '../../refusal.ts';
import { tillsAwaited } from '../epoch/repository.ts';
import { readRsuConfiguration } from '../rsus/rsu-configuration.ts';
import { countFreeNumbers, dealRandomNumbers } from './deal-random-numbers.ts';
import { findReturnedRange, insertNumbers, listReturnedNumbers } from './deal-returned-numbers.ts';
import {
  advancePool,
  createAllocation,
  createValidationBlock,
  type EventRow,
  type Granted,
  type Holder,
  hasEndedSales,
  latestAllocationId,
  lockPool,
  readEvent,
} from './repository.ts';

/** What a holder still has of a raffle event's numbers. */
export interface NumbersWanted {
  readonly raffleEventId: RaffleEventId;
  readonly drawNumbersLeft: number;
  readonly validationNumbersLeft: number;
}

/**
 * Deals draw numbers and validation numbers together, each if the holder has too few of it.
 *
 * The caller has locked the RSU's requests. Refuses while the raffle event does not sell, or when
 * this RSU has ended its sales, when all numbers are dealt, and after a restore until every till has
 * reported its holdings.
 */
export async function grantNumbers(
  central: Central,
  transaction: Transaction,
  holder: Holder & { readonly organisationId: OrganisationId },
  wanted: NumbersWanted,
): Promise<Result<Granted, CentralRefusal>> {
  const event = await readEvent(transaction, wanted.raffleEventId);
  if (event === undefined || event.organisationId !== holder.organisationId) {
    return refuseRequest('raffle-event.unknown', 'no such raffle event');
  }
  if (event.state !== 'active' && event.state !== 'suspended') {
    return refuseRequest('raffle-event.not-selling', `the raffle event is ${event.state}`);
  }
  const { chainId } = holder;
  if (chainId !== null && (await hasEndedSales(transaction, chainId, event.id))) {
    return refuseRequest('raffle-event.not-selling', 'this RSU has ended its sales');
  }
  const awaited = await tillsAwaited(transaction);
  if (awaited.length > 0) {
    return refuseRequest('holdings.awaited', `${awaited.length} tills have not reported yet`);
  }
  return deal(central, transaction, holder, event, wanted);
}

async function deal(
  central: Central,
  transaction: Transaction,
  holder: Holder,
  event: EventRow,
  wanted: NumbersWanted,
): Promise<Result<Granted, CentralRefusal>> {
  const plan = await planFor(transaction, holder, event);
  const needsNumbers = wanted.drawNumbersLeft < plan.allocationSize;
  const needsBlock = wanted.validationNumbersLeft * 2 < plan.validationBlockSize;
  const latest = await latestAllocationId(transaction, holder, event.id);
  const allocationId =
    needsNumbers || (needsBlock && latest === undefined)
      ? await dealDrawNumbers(transaction, holder, event, plan)
      : undefined;
  const owner = allocationId ?? latest;
  const isLeftEmpty = needsNumbers && allocationId === undefined && !needsBlock;
  if (owner === undefined || isLeftEmpty) {
    return refuseRequest('allocation.exhausted', 'every number of the raffle event is dealt');
  }
  const size = plan.validationBlockSize;
  const blockId = needsBlock
    ? await createValidationBlock(central, transaction, holder, event.id, owner, size)
    : undefined;
  return ok({
    allocationIds: allocationId === undefined ? [] : [allocationId],
    validationBlockIds: blockId === undefined ? [] : [blockId],
  });
}

/** The raffle event's plan, with the sizes that this RSU has of its own. */
async function planFor(
  transaction: Transaction,
  { rsuId }: Holder,
  event: EventRow,
): Promise<NumberPlan> {
  const plan = numberPlanSchema.parse(event.ticketAllocation);
  const own = await readRsuConfiguration(transaction, rsuId);
  return {
    ...plan,
    allocationSize: own.allocationSize ?? plan.allocationSize,
    validationBlockSize: own.validationBlockSize ?? plan.validationBlockSize,
  };
}

/**
 * The next portion of the pool as an allocation; when the pool is empty, of what tills gave back.
 * `undefined` if there is nothing left at all.
 */
async function dealDrawNumbers(
  transaction: Transaction,
  holder: Holder,
  event: EventRow,
  { numberSpace, allocationSize }: NumberPlan,
): Promise<string | undefined> {
  const pool = await lockPool(transaction, event.id);
  const { numberMode } = jurisdictionProfileSchema.parse(event.profile);
  const left = pool.endNumber - pool.nextNumber;
  // Random numbers that came back with a journal after a restore were never taken from this pool.
  const free =
    numberMode === 'random' ? await countFreeNumbers(transaction, event.id, numberSpace) : left;
  const count = Math.min(allocationSize, left, free);
  if (count > 0) await advancePool(transaction, event.id, count);
  if (numberMode === 'sequential') {
    const range =
      count > 0
        ? { from: pool.nextNumber, to: pool.nextNumber + count }
        : await findReturnedRange(transaction, event.id, allocationSize);
    return range && createAllocation(transaction, holder, event.id, 'sequential', range);
  }
  const returned =
    count > 0 ? undefined : await listReturnedNumbers(transaction, event.id, allocationSize);
  const total = returned?.length ?? count;
  if (total === 0) return undefined;
  const indices = { from: 0, to: total };
  const allocationId = await createAllocation(transaction, holder, event.id, 'random', indices);
  await (returned === undefined
    ? dealRandomNumbers(transaction, event.id, allocationId, numberSpace, count)
    : insertNumbers(transaction, event.id, allocationId, returned));
  return allocationId;
}
