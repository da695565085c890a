import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** A device's Ed25519 public key, from its 32 bytes. Throws if they are not a point. */
export function devicePublicKey(bytes: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') },
    format: 'jwk',
  });
}

/** Whether `signature` is the device's over `message`. */
export function isSignedBy(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, message, key, signature);
}
