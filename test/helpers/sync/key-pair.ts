import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { DeviceKey, SignatureVerifier } from '#main/ports/keys.ts';

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** A fresh Ed25519 key, kept in memory. */
export function createKeyPair(): DeviceKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length);
  return {
    publicKey: new Uint8Array(bytes),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

/** Verifies with node:crypto. */
export const verifier: SignatureVerifier = {
  isSignedBy: (publicKey, message, signature) =>
    verify(
      null,
      message,
      createPublicKey({
        key: Buffer.concat([SPKI_PREFIX, publicKey]),
        format: 'der',
        type: 'spki',
      }),
      signature,
    ),
};
