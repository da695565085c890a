import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { NewTopUpFile } from '#shared/contract/central/people/top-up-files.ts';
import type { TopUpContent, TopUpFile } from '#shared/contract/top-up-file.ts';
import { topUpSignedBytes } from '#shared/domain/top-up-proof.ts';
import { toBase64, utf8 } from '#shared/kernel/bytes.ts';
import type { ChainId, OrganisationId, RequestId, RsuId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { type Problem, refuseWith } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { firstRowOf } from '../../db/rows.ts';
import { grantNumbers } from '../allocations/grant-numbers.ts';
import {
  lockRequests,
  readAllocationsById,
  readBlocksById,
  recordAnswered,
} from '../allocations/repository.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { describeAllocations, describeValidationBlocks } from '../devices/holdings.ts';

const HOUR_MS = 3_600_000;

/** Whose file it is. */
interface Addressee {
  readonly organisationId: OrganisationId;
  readonly rsuId: RsuId;
}

/**
 * A file with new numbers for one till that cannot reach the central, signed by the central's identity
 * key and bound to the till's present enrolment. The numbers are the till's from now on, whether the
 * file reaches it or not; the mirror names them as well, so that a till that took the file takes
 * nothing twice.
 *
 * Refuses a till without a device or that is disabled, and whatever `grantNumbers` refuses.
 */
export async function exportTopUpFile(
  central: Central,
  transaction: Transaction,
  { organisationId, rsuId }: Addressee,
  { raffleEventId, validHours }: NewTopUpFile,
): Promise<Result<TopUpFile, Problem>> {
  await lockRequests(transaction, rsuId);
  const chainId = await findEnabledChain(transaction, rsuId);
  if (chainId === undefined) {
    return refuseWith('rsu.not-enrolled', 'numbers are for a till that is enrolled and enabled');
  }
  const holder = { organisationId, rsuId, chainId };
  const wanted = { raffleEventId, drawNumbersLeft: 0, validationNumbersLeft: 0 };
  const granted = await grantNumbers(central, transaction, holder, wanted);
  if (!granted.ok) return refuseWith('allocation.not-granted', granted.failure.detail);
  const fileId = randomUUID() as string as RequestId;
  await recordAnswered(transaction, rsuId, { requestId: fileId, ...wanted }, granted.value);
  const { allocationIds, validationBlockIds } = granted.value;
  const now = central.now().getTime();
  const content: TopUpContent = {
    fileId,
    rsuId,
    chainId,
    issuedAt: instantFromEpoch(now),
    expiresAt: instantFromEpoch(now + validHours * HOUR_MS),
    allocations: await describeAllocations(
      transaction,
      await readAllocationsById(transaction, allocationIds),
    ),
    validationBlocks: await describeValidationBlocks(
      central,
      transaction,
      await readBlocksById(transaction, validationBlockIds),
    ),
  };
  await recordCriticalEvent(transaction, {
    type: 'allocation.exported',
    severity: 'WARN',
    description: 'numbers left as a file',
    rsuId,
    raffleEventId,
    metadata: { fileId, allocationIds: [...allocationIds], expiresAt: content.expiresAt },
  });
  return ok(sign(central, content));
}

function sign(central: Central, content: TopUpContent): TopUpFile {
  const bytes = utf8(JSON.stringify(content));
  return {
    format: 'counterfoil.top-up.1',
    content: toBase64(bytes),
    signature: toBase64(central.identity.sign(topUpSignedBytes(bytes))),
  };
}

async function findEnabledChain(
  transaction: Transaction,
  rsuId: RsuId,
): Promise<ChainId | undefined> {
  const row = await firstRowOf<{ readonly id: ChainId }>(
    transaction,
    sql`SELECT chain.id FROM chains chain JOIN rsus rsu ON rsu.id = chain.rsu_id
      WHERE rsu.id = ${rsuId} AND chain.state = 'active' AND rsu.state = 'enrolled' AND rsu.is_active`,
  );
  return row?.id;
}
