import type { z } from 'zod';
import type {
  AllocationRequest,
  allocationAnswerSchema,
} from '#shared/contract/central/allocations.ts';
import { jurisdictionProfileSchema } from '#shared/contract/mirror/jurisdiction-profile.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { transactAgain } from '../../db/transact-again.ts';
import { numberPlanSchema } from '../../raffle-event-settings.ts';
import { type CentralRefusal, refuseRequest } from '../../refusal.ts';
import { answerFields } from '../devices/control.ts';
import type { Device } from '../devices/device.ts';
import { describeAllocations, describeValidationBlocks } from '../devices/holdings.ts';
import { tillsAwaited } from '../epoch/repository.ts';
import { countFreeNumbers, dealRandomNumbers } from './deal-random-numbers.ts';
import {
  advancePool,
  createAllocation,
  createValidationBlock,
  type EventRow,
  findAnswered,
  type Granted,
  hasEndedSales,
  latestAllocationId,
  lockPool,
  lockRequests,
  readAllocationsById,
  readBlocksById,
  readEvent,
  recordAnswered,
} from './repository.ts';

type AllocationAnswer = z.infer<typeof allocationAnswerSchema>;

/**
 * Tops a till up with draw numbers and validation numbers together.
 *
 * The same request id again gets the same numbers. Refuses while the raffle event does not sell, or
 * when this RSU has ended its sales, when all numbers are dealt, and after a restore until every till has reported its holdings.
 */
export function topUp(
  central: Central,
  device: Device,
  request: AllocationRequest,
): Promise<Result<AllocationAnswer, CentralRefusal>> {
  return transactAgain(central.database, `rsu:${device.rsuId}`, async (transaction) => {
    await lockRequests(transaction, device.rsuId);
    const answered = await findAnswered(transaction, device.rsuId, request.requestId);
    if (answered !== undefined) return ok(await answer(central, transaction, device, answered));
    const event = await readEvent(transaction, request.raffleEventId);
    if (event === undefined || event.organisationId !== device.organisationId) {
      return refuseRequest('raffle-event.unknown', 'no such raffle event');
    }
    if (event.state !== 'active' && event.state !== 'suspended') {
      return refuseRequest('raffle-event.not-selling', `the raffle event is ${event.state}`);
    }
    if (await hasEndedSales(transaction, device.chainId, event.id)) {
      return refuseRequest('raffle-event.not-selling', 'this RSU has ended its sales');
    }
    const awaited = await tillsAwaited(transaction);
    if (awaited.length > 0) {
      return refuseRequest('holdings.awaited', `${awaited.length} tills have not reported yet`);
    }
    const granted = await grant(central, transaction, device, event, request);
    if (!granted.ok) return granted;
    await recordAnswered(transaction, device.rsuId, request, granted.value);
    return ok(await answer(central, transaction, device, granted.value));
  });
}

async function grant(
  central: Central,
  transaction: Transaction,
  device: Device,
  event: EventRow,
  request: AllocationRequest,
): Promise<Result<Granted, CentralRefusal>> {
  const plan = numberPlanSchema.parse(event.ticketAllocation);
  const needsNumbers = request.drawNumbersLeft < plan.allocationSize;
  const needsBlock = request.validationNumbersLeft * 2 < plan.validationBlockSize;
  const latest = await latestAllocationId(transaction, device.rsuId, event.id);
  const allocationId =
    needsNumbers || (needsBlock && latest === undefined)
      ? await deal(transaction, device, event, plan.allocationSize)
      : undefined;
  const owner = allocationId ?? latest;
  if (needsNumbers && allocationId === undefined && !needsBlock) {
    return refuseRequest('allocation.exhausted', 'every number of the raffle event is dealt');
  }
  if (owner === undefined) {
    return refuseRequest('allocation.exhausted', 'every number of the raffle event is dealt');
  }
  const blockId = needsBlock
    ? await createValidationBlock(central, transaction, device, event.id, owner, plan)
    : undefined;
  return ok({
    allocationIds: allocationId === undefined ? [] : [allocationId],
    validationBlockIds: blockId === undefined ? [] : [blockId],
  });
}

/** The next portion of the pool as an allocation; `undefined` if the pool is empty. */
async function deal(
  transaction: Transaction,
  device: Device,
  event: EventRow,
  size: number,
): Promise<string | undefined> {
  const pool = await lockPool(transaction, event.id);
  const { numberMode } = jurisdictionProfileSchema.parse(event.profile);
  const { numberSpace } = numberPlanSchema.parse(event.ticketAllocation);
  const left = pool.endNumber - pool.nextNumber;
  // Random numbers that came back with a journal after a restore were never taken from this pool.
  const free =
    numberMode === 'random' ? await countFreeNumbers(transaction, event.id, numberSpace) : left;
  const count = Math.min(size, left, free);
  if (count <= 0) return undefined;
  await advancePool(transaction, event.id, count);
  if (numberMode === 'sequential') {
    const range = { from: pool.nextNumber, to: pool.nextNumber + count };
    return createAllocation(transaction, device, event.id, 'sequential', range);
  }
  const indices = { from: 0, to: count };
  const allocationId = await createAllocation(transaction, device, event.id, 'random', indices);
  await dealRandomNumbers(transaction, event.id, allocationId, numberSpace, count);
  return allocationId;
}

async function answer(
  central: Central,
  transaction: Transaction,
  device: Device,
  granted: Granted,
): Promise<AllocationAnswer> {
  const allocations = await readAllocationsById(transaction, granted.allocationIds);
  const blocks = await readBlocksById(transaction, granted.validationBlockIds);
  return {
    allocations: await describeAllocations(transaction, allocations),
    validationBlocks: await describeValidationBlocks(central, transaction, blocks),
    ...(await answerFields(central, transaction, device)),
  };
}
