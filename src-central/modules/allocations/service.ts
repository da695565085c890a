import type { z } from 'zod';
import type {
  AllocationRequest,
  allocationAnswerSchema,
} from '#shared/contract/central/allocations.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { transactAgain } from '../../db/transact-again.ts';
import type { CentralRefusal } from '../../refusal.ts';
import { answerFields } from '../devices/control.ts';
import type { Device } from '../devices/device.ts';
import { describeAllocations, describeValidationBlocks } from '../devices/holdings.ts';
import { grantNumbers } from './grant-numbers.ts';
import {
  findAnswered,
  type Granted,
  lockRequests,
  readAllocationsById,
  readBlocksById,
  recordAnswered,
} from './repository.ts';

type AllocationAnswer = z.infer<typeof allocationAnswerSchema>;

/**
 * Tops a till up with draw numbers and validation numbers together.
 *
 * The same request id again gets the same numbers. Refuses what `grantNumbers` refuses.
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
    const granted = await grantNumbers(central, transaction, device, request);
    if (!granted.ok) return granted;
    await recordAnswered(transaction, device.rsuId, request, granted.value);
    return ok(await answer(central, transaction, device, granted.value));
  });
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
