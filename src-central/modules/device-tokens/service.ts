import { createHash } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { z } from 'zod';
import {
  ASSERTION_AUDIENCE,
  type deviceTokenAnswerSchema,
  type deviceTokenRequestSchema,
  type nonceAnswerSchema,
} from '#shared/contract/central/device-tokens.ts';
import { centralProofBytes } from '#shared/domain/central-proof.ts';
import { fromBase64, toBase64 } from '#shared/kernel/bytes.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { Central } from '../../central.ts';
import { transactAgain } from '../../db/transact-again.ts';
import { type CentralRefusal, refuseRequest } from '../../refusal.ts';
import { issueAccessToken, TOKEN_LIFETIME_SECONDS } from '../../secrets/access-tokens.ts';
import { devicePublicKey } from '../../secrets/device-signatures.ts';
import { answerFields, serverTime } from '../devices/control.ts';
import { type Device, findDevice } from '../devices/device.ts';
import { lockChain } from '../journal/repository.ts';
import { readConfiguration } from '../system-configuration/read-configuration.ts';
import {
  addNonce,
  disableAfterFailures,
  forgetFailures,
  recordFailedValidation,
  redeemNonce,
} from './repository.ts';

const NONCE_LIFETIME_SECONDS = 120;
const CLOCK_TOLERANCE_SECONDS = 60;

type NonceAnswer = z.infer<typeof nonceAnswerSchema>;
type TokenRequest = z.infer<typeof deviceTokenRequestSchema>;
type TokenAnswer = z.infer<typeof deviceTokenAnswerSchema>;

/** A nonce for one assertion. Unknown chains get one too, so that asking reveals nothing. */
export async function giveNonce(central: Central): Promise<NonceAnswer> {
  const nonce = Buffer.from(central.randomBytes(32)).toString('base64url');
  const now = central.now();
  await addNonce(central.database, hashOf(nonce), now, NONCE_LIFETIME_SECONDS);
  return { nonce, expiresInSeconds: NONCE_LIFETIME_SECONDS, serverTime: serverTime(central) };
}

/**
 * Exchanges an assertion signed by the device key for an access token (GLI-31 3.2.5, 6.1.2).
 *
 * A disabled, revoked or stopped device still gets a token, for uploading only: what it has sold
 * must arrive. Refuses an unknown chain, a wrong signature, and a nonce used twice or expired.
 */
export async function exchangeAssertion(
  central: Central,
  request: TokenRequest,
): Promise<Result<TokenAnswer, TokenRefusal>> {
  const device = await findDevice(central.database, request.chainId);
  if (device === undefined) return refuseRequest('chain.unknown', 'no such enrolment');
  const nonce = await readNonce(central, device, request);
  if (!nonce.ok) return nonce;
  if (!(await redeemNonce(central.database, hashOf(nonce.value), central.now()))) {
    return refuseRequest('nonce.unknown', 'the nonce was used, has expired or was never issued');
  }
  await forgetFailures(central.database, device.chainId);
  return ok(await tokenAnswer(central, device, request));
}

/** A refusal, and whether the signature alone was the reason: then nobody proved to hold the key. */
export interface TokenRefusal extends CentralRefusal {
  readonly isSignatureWrong?: boolean;
}

async function readNonce(
  central: Central,
  device: Device,
  request: TokenRequest,
): Promise<Result<string, TokenRefusal>> {
  try {
    const { payload } = await jwtVerify(request.assertion, devicePublicKey(device.publicKey), {
      algorithms: ['EdDSA', 'Ed25519'],
      audience: ASSERTION_AUDIENCE,
      issuer: request.chainId,
      subject: request.chainId,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: central.now(),
      requiredClaims: ['iat', 'exp', 'nonce'],
    });
    const nonce = payload['nonce'];
    return typeof nonce === 'string'
      ? ok(nonce)
      : refuseRequest('assertion.invalid', 'the nonce is not text');
  } catch (error) {
    const detail = error instanceof errors.JOSEError ? error.code : 'not an assertion';
    if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
      await countFailure(central, device, error.payload['nonce'], detail);
    }
    const isSignatureWrong = error instanceof errors.JWSSignatureVerificationFailed;
    return refuse({ code: 'assertion.invalid', detail, isSignatureWrong });
  }
}

/**
 * Counts an assertion that the device's key signed and that is not valid; at the threshold, disables
 * the RSU (GLI-31 5.4.2). Counts only with a live nonce, which is used up: an overheard assertion
 * that is sent again proves nothing, and a device of a former enrolment does not count at all.
 */
async function countFailure(
  central: Central,
  device: Device,
  nonce: unknown,
  code: string,
): Promise<void> {
  const now = central.now();
  if (typeof nonce !== 'string') return;
  if (!(await redeemNonce(central.database, hashOf(nonce), now))) return;
  await transactAgain(central.database, 'device-tokens', async (transaction) => {
    const chain = await lockChain(transaction, device.chainId);
    const failures = await recordFailedValidation(transaction, chain, code);
    const { settings } = await readConfiguration(transaction, now);
    if (failures >= settings.failedValidationsBeforeDisabling && chain.state === 'active') {
      await disableAfterFailures(transaction, chain, failures);
    }
  });
}

async function tokenAnswer(
  central: Central,
  device: Device,
  request: TokenRequest,
): Promise<TokenAnswer> {
  const scope = device.state === 'enabled' ? 'full' : 'upload-only';
  return {
    accessToken: await issueAccessToken(central, { ...device, scope }),
    scope,
    expiresInSeconds: TOKEN_LIFETIME_SECONDS,
    proof: proofFor(central, device.chainId, request.challenge),
    ...(await answerFields(central, central.database, device)),
  };
}

function proofFor(central: Central, chainId: ChainId, challenge: string): string {
  const bytes = fromBase64(challenge);
  invariant(bytes !== undefined, 'the contract admits canonical Base64 only');
  return toBase64(central.identity.sign(centralProofBytes(chainId, bytes)));
}

function hashOf(nonce: string): Uint8Array {
  return createHash('sha256').update(nonce).digest();
}
