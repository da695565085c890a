import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretBox } from '#main/ports/keys.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Wraps secrets by AES-256-GCM under `storageKey`, 32 bytes, with a fresh nonce each time. */
export function createSecretBox(storageKey: Uint8Array): SecretBox {
  return {
    wrap: (secret) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, storageKey, nonce);
      const sealed = [nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(sealed).toString('base64');
    },
    unwrap: (wrapped) => {
      const sealed = Buffer.from(wrapped, 'base64');
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv(CIPHER, storageKey, sealed.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        const opened = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
        return new Uint8Array(Buffer.concat([opened, decipher.final()]));
      } catch {
        return undefined;
      }
    },
  };
}
