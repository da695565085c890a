import type { CentralProblem } from '#main/ports/central-client.ts';
import type { SignatureVerifier } from '#main/ports/keys.ts';
import type { RandomSource } from '#main/ports/randomness.ts';
import { centralProofBytes } from '#shared/domain/central-proof.ts';
import { fromBase64, toBase64 } from '#shared/kernel/bytes.ts';
import type { ChainId } from '#shared/kernel/ids.ts';

const CHALLENGE_BYTES = 32;

/** Whoever answered does not hold the central's key. Nothing of the answer may be used. */
export const UNPROVEN_CENTRAL: CentralProblem = { kind: 'not-our-central' };

/** Fresh random bytes for the central to sign (GLI-31 6.1.2). */
export interface CentralChallenge {
  /** As it is sent, in Base64. */
  readonly challenge: string;
  /** Whether `proof`, in Base64, is the central's signature over this challenge and chain. */
  isMetBy(proof: string, chainId: ChainId): boolean;
}

/** Challenges whoever answers to prove that it holds the private half of `centralPublicKey`. */
export function createCentralChallenge(
  centralPublicKey: Uint8Array,
  random: RandomSource,
  verifier: SignatureVerifier,
): CentralChallenge {
  const bytes = random.bytes(CHALLENGE_BYTES);
  return {
    challenge: toBase64(bytes),
    isMetBy(proof, chainId) {
      const signature = fromBase64(proof);
      const message = centralProofBytes(chainId, bytes);
      return signature !== undefined && verifier.isSignedBy(centralPublicKey, message, signature);
    },
  };
}
