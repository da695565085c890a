import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { DeviceKey, SignatureVerifier } from '#main/ports/keys.ts';
import { invariant } from '#shared/kernel/invariant.ts';

/** The device key around a private key that stays in here. Throws unless it is Ed25519. */
export function createDeviceKey(privateKey: KeyObject): DeviceKey {
  invariant(privateKey.asymmetricKeyType === 'ed25519', 'a device key is an Ed25519 key');
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  invariant(x !== undefined, 'an Ed25519 public key has one coordinate');
  return {
    publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

/** Verifies Ed25519 signatures with OpenSSL. */
export function createSignatureVerifier(): SignatureVerifier {
  // A till checks thousands of signatures of one key: reading the key costs as much as a check.
  let last: { readonly raw: string; readonly key: KeyObject } | undefined;
  const keyOf = (publicKey: Uint8Array): KeyObject => {
    const raw = Buffer.from(publicKey).toString('base64url');
    if (last?.raw !== raw) last = { raw, key: readPublicKey(raw) };
    return last.key;
  };
  return {
    isSignedBy: (publicKey, message, signature) => {
      try {
        return verify(null, message, keyOf(publicKey), signature);
      } catch {
        // Bytes that are no key at all: nothing was signed by them.
        return false;
      }
    },
  };
}

function readPublicKey(raw: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });
}
