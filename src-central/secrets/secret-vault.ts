import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../db/database.ts';
import { serverSecrets } from '../db/schema/numbers.ts';

/** What a kept key is for. */
export type SecretKind = 'validation-block-key' | 'identity-key' | 'token-key';

/** Keys at rest: encrypted by the server key, each bound to what it is for. */
export interface SecretVault {
  /** Encrypts `secret` (AES-256-GCM: nonce, ciphertext and tag in one). */
  seal(kind: SecretKind, subjectId: string, secret: Uint8Array): Uint8Array;
  /** Decrypts. Throws when it was sealed by another server key or for something else. */
  open(kind: SecretKind, subjectId: string, sealed: Uint8Array): Uint8Array;
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

/** Keeps a new secret. A secret that exists already is left alone. */
export async function keepSecret(
  database: Queryable,
  vault: SecretVault,
  kind: SecretKind,
  subjectId: string,
  secret: Uint8Array,
): Promise<void> {
  await database
    .insert(serverSecrets)
    .values({ kind, subjectId, sealed: vault.seal(kind, subjectId, secret) })
    .onConflictDoNothing();
}

/** Reads a kept secret; `undefined` if there is none. */
export async function readSecret(
  database: Queryable,
  vault: SecretVault,
  kind: SecretKind,
  subjectId: string,
): Promise<Uint8Array | undefined> {
  const [row] = await database
    .select({ sealed: serverSecrets.sealed })
    .from(serverSecrets)
    .where(and(eq(serverSecrets.kind, kind), eq(serverSecrets.subjectId, subjectId)));
  return row === undefined ? undefined : vault.open(kind, subjectId, row.sealed);
}
