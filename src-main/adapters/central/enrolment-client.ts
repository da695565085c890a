import type { EnrolmentClient } from '#main/ports/central-client.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { SignatureVerifier } from '#main/ports/keys.ts';
import type { RandomSource } from '#main/ports/randomness.ts';
import { fromBase64 } from '#shared/kernel/bytes.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { createCentralChallenge, UNPROVEN_CENTRAL } from './central-challenge.ts';
import { readCentralOrigin } from './central-origin.ts';
import { createHttpCentral, type HttpCentral } from './http-central.ts';
import { createHttpExchange } from './http-exchange.ts';

/** What enrolling needs besides the network. */
export interface EnrolmentClientParts {
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly verifier: SignatureVerifier;
}

/**
 * Enrols over HTTPS, or plain HTTP with a central on this computer. An address that is neither is a
 * `transport` problem, since nothing there can be reached.
 */
export function createEnrolmentClient(parts: EnrolmentClientParts): EnrolmentClient {
  return {
    identify: (centralUrl) =>
      withCentral(centralUrl, parts.clock, async (central) => {
        const identity = await central.identity();
        if (!identity.ok) return identity;
        const publicKey = fromBase64(identity.value.publicKey);
        invariant(publicKey !== undefined, 'the schema lets canonical Base64 through only');
        return ok(publicKey);
      }),

    enrol: (centralUrl, centralPublicKey, request) =>
      withCentral(centralUrl, parts.clock, async (central) => {
        const proof = createCentralChallenge(centralPublicKey, parts.random, parts.verifier);
        const answer = await central.enrol({ ...request, challenge: proof.challenge });
        if (!answer.ok) return answer;
        const isProven = proof.isMetBy(answer.value.proof, request.chainId);
        return isProven ? answer : refuse(UNPROVEN_CENTRAL);
      }),
  };
}

async function withCentral<Value, Problem>(
  centralUrl: string,
  clock: Clock,
  use: (central: HttpCentral) => Promise<Result<Value, Problem>>,
) {
  const origin = readCentralOrigin(centralUrl);
  if (origin === undefined) {
    return refuse({ kind: 'transport', detail: 'not the address of a central' } as const);
  }
  const central = createHttpCentral(createHttpExchange(origin), clock);
  try {
    return await use(central);
  } finally {
    central.close();
  }
}
