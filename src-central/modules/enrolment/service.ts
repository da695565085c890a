import type { EnrolmentAnswer, EnrolmentRequest } from '#shared/contract/central/enrolment.ts';
import { centralProofBytes } from '#shared/domain/central-proof.ts';
import { genesisHash } from '#shared/domain/journal-chain.ts';
import { fromBase64, fromHex, toBase64 } from '#shared/kernel/bytes.ts';
import type { OrganisationId, RsuId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import type { Transaction } from '../../db/database.ts';
import { transactAgain } from '../../db/transact-again.ts';
import { type CentralRefusal, refuseRequest } from '../../refusal.ts';
import { serverTime } from '../devices/control.ts';
import { currentEpoch } from '../epoch/service.ts';
import { enrolmentCodeHash } from './enrolment-code.ts';
import { type CodeRow, findChainKey, lockCode, lockRsu, recordEnrolment } from './repository.ts';

/**
 * Makes a device the RSU for which the code was issued (GLI-31 6.1.3).
 *
 * The same code with the same chain and key again gets the same answer. An enrolled RSU still
 * cannot sell: it has to be enabled as well. Refuses unknown, expired and used codes.
 */
export function enrolDevice(
  central: Central,
  request: EnrolmentRequest,
): Promise<Result<EnrolmentAnswer, CentralRefusal>> {
  return transactAgain(central.database, 'enrolment', async (transaction) => {
    const code = await lockCode(transaction, enrolmentCodeHash(request.code));
    if (code === undefined) {
      return refuseRequest('enrolment.code-unknown', 'no such enrolment code');
    }
    const publicKey = decoded(request.devicePublicKey);
    if (code.chainId !== null) {
      return (await isSameDevice(transaction, code, request, publicKey))
        ? ok(await answer(central, transaction, code, request))
        : refuseRequest('enrolment.code-used', 'another device has used this code');
    }
    if (code.expiresAt <= central.now()) {
      return refuseRequest('enrolment.code-expired', 'the enrolment code has expired');
    }
    await lockRsu(transaction, code.rsuId);
    if ((await findChainKey(transaction, request.chainId)) !== undefined) {
      return refuseRequest('request.invalid', 'this journal is enrolled already');
    }
    await recordEnrolment(transaction, code, {
      chainId: request.chainId,
      publicKey,
      machineFingerprint: request.machineFingerprint,
      genesis: fromHex(genesisHash(request.chainId, publicKey)),
      enrolledAt: central.now(),
    });
    return ok(await answer(central, transaction, code, request));
  });
}

async function isSameDevice(
  transaction: Transaction,
  code: CodeRow,
  request: EnrolmentRequest,
  publicKey: Uint8Array,
): Promise<boolean> {
  if (code.chainId !== request.chainId) return false;
  const known = await findChainKey(transaction, request.chainId);
  return known !== undefined && Buffer.from(known).equals(publicKey);
}

async function answer(
  central: Central,
  transaction: Transaction,
  code: CodeRow,
  request: EnrolmentRequest,
): Promise<EnrolmentAnswer> {
  const proof = centralProofBytes(request.chainId, decoded(request.challenge));
  return {
    rsuId: code.rsuId as RsuId,
    rsuName: code.rsuName,
    organisationId: code.organisationId as OrganisationId,
    organisationName: code.organisationName,
    serverTime: serverTime(central),
    epoch: await currentEpoch(transaction),
    proof: toBase64(central.identity.sign(proof)),
  };
}

function decoded(text: string): Uint8Array {
  const bytes = fromBase64(text);
  invariant(bytes !== undefined, 'the contract admits canonical Base64 only');
  return bytes;
}
