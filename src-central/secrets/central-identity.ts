import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Database } from '../db/database.ts';
import { keepSecret, readSecret } from '../db/kept-secrets.ts';
import type { SecretKind, SecretVault } from './secret-vault.ts';

/** The central's own Ed25519 key: its fingerprint is compared when a till is enrolled. */
export interface CentralIdentity {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** Secrets of the whole system are kept under this id. */
const SYSTEM = '00000000-0000-0000-0000-000000000000';

/** What precedes the 32 bytes of an Ed25519 private key in PKCS #8. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The identity of this database's central, made on first use. */
export async function openIdentity(
  database: Database,
  vault: SecretVault,
  randomBytes: (length: number) => Uint8Array,
): Promise<CentralIdentity> {
  const seed = await openSystemSecret(database, vault, 'identity-key', randomBytes);
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    publicKey: rawPublicKey(createPublicKey(privateKey)),
    sign: (message) => sign(null, message, privateKey),
  };
}

/** A secret of 32 bytes for the whole system, made on first use by whichever process is first. */
export async function openSystemSecret(
  database: Database,
  vault: SecretVault,
  kind: SecretKind,
  randomBytes: (length: number) => Uint8Array,
): Promise<Uint8Array> {
  const existing = await readSecret(database, vault, kind, SYSTEM);
  if (existing !== undefined) return existing;
  await keepSecret(database, vault, kind, SYSTEM, randomBytes(32));
  const kept = await readSecret(database, vault, kind, SYSTEM);
  invariant(kept !== undefined, `no ${kind} was kept`);
  return kept;
}

/** The 32 bytes of an Ed25519 public key. */
function rawPublicKey(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32);
}
