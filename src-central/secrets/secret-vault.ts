import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What a kept key is for. */
export type SecretKind = 'validation-block-key' | 'identity-key' | 'token-key';

/** What may be sealed: keys, and the record of who won. */
type SealedKind = SecretKind | 'winner';

/** Keys and winners at rest: encrypted by the server key, each bound to what it is for. */
export interface SecretVault {
  /** Encrypts `secret` (AES-256-GCM: nonce, ciphertext and tag in one). */
  seal(kind: SealedKind, subjectId: string, secret: Uint8Array): Uint8Array;
  /** Decrypts. Throws when it was sealed by another server key or for something else. */
  open(kind: SealedKind, subjectId: string, sealed: Uint8Array): Uint8Array;
}

const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** A vault over one server key of 32 bytes. */
export function createSecretVault(serverKey: Uint8Array): SecretVault {
  return {
    seal(kind, subjectId, secret) {
      const nonce = randomBytes(NONCE_LENGTH);
      const cipher = createCipheriv('aes-256-gcm', serverKey, nonce);
      cipher.setAAD(Buffer.from(`${kind}/${subjectId}`));
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
    },
    open(kind, subjectId, sealed) {
      const decipher = createDecipheriv('aes-256-gcm', serverKey, sealed.subarray(0, NONCE_LENGTH));
      decipher.setAAD(Buffer.from(`${kind}/${subjectId}`));
      decipher.setAuthTag(sealed.subarray(-TAG_LENGTH));
      try {
        return Buffer.concat([
          decipher.update(sealed.subarray(NONCE_LENGTH, -TAG_LENGTH)),
          decipher.final(),
        ]);
      } catch (cause) {
        throw new Error('The server key does not fit the secrets in this database.', { cause });
      }
    },
  };
}
