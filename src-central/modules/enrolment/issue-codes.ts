import type {
  EnrolmentCodeResults,
  NewEnrolmentCodes,
} from '#shared/contract/central/people/rsus.ts';
import type { OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { enrolmentCodes } from '../../db/schema/rsus.ts';
import { recordCriticalEvent } from '../critical-events/record-critical-event.ts';
import { endUnusedCodes, lockRsus } from '../rsus/repository.ts';
import { enrolmentCodeHash, formatEnrolmentCode } from './enrolment-code.ts';
import { enrolmentQrPayload } from './enrolment-qr.ts';

/**
 * Codes for many RSUs, as text and for scanning (GLI-31 6.1.3b). An RSU's earlier codes that nobody has
 * used end. Unknown RSUs are refused one by one.
 */
export async function issueCodes(
  central: Central,
  transaction: Transaction,
  organisationId: OrganisationId,
  actor: string,
  { rsuIds, validMinutes }: NewEnrolmentCodes,
): Promise<EnrolmentCodeResults> {
  const known = await lockRsus(transaction, organisationId, rsuIds);
  const expiresAt = new Date(central.now().getTime() + validMinutes * 60_000);
  const results: EnrolmentCodeResults['results'] = [];
  for (const rsuId of rsuIds) {
    if (!known.has(rsuId)) {
      results.push({ rsuId, outcome: 'refused', code: 'thing.unknown', detail: 'no such till' });
      continue;
    }
    await endUnusedCodes(transaction, rsuId, central.now());
    const code = await issueCode(central, transaction, actor, rsuId, expiresAt);
    results.push({
      rsuId,
      outcome: 'done',
      code,
      qrPayload: enrolmentQrPayload(code, central.identity.publicKey),
      expiresAt: instantFromEpoch(expiresAt.getTime()),
    });
  }
  return { results };
}

/** A code with which one device can become this RSU, once, before `expiresAt`. Kept as a hash only. */
export async function issueCode(
  central: Central,
  transaction: Transaction,
  actor: string,
  rsuId: RsuId,
  expiresAt: Date,
): Promise<string> {
  const code = formatEnrolmentCode(central.randomBytes(12));
  await transaction
    .insert(enrolmentCodes)
    .values({ rsuId, codeHash: enrolmentCodeHash(code), expiresAt, createdBy: actor });
  await recordCriticalEvent(transaction, {
    type: 'enrolment.code-issued',
    severity: 'INFO',
    description: 'A device may be enrolled',
    rsuId,
    metadata: { expiresAt: expiresAt.toISOString() },
  });
  return code;
}
