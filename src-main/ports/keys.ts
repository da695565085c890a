import type { PinCredential } from '#shared/contract/mirror/operator.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';

/** The Ed25519 key of one enrolment. The private half never leaves the adapter. */
export interface DeviceKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** A signature of 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
}

/** Encrypts small secrets at rest under the till's storage key (AES-256-GCM). */
export interface SecretBox {
  /** Base64 of nonce, ciphertext and tag. */
  wrap(secret: Uint8Array): string;
  /** The secret; `undefined` if it was not wrapped by this key or was changed. */
  unwrap(wrapped: string): Uint8Array | undefined;
}

/**
 * What binds a till to its machine. Lives outside the data folder, so that a copied data folder
 * goes out of service instead of selling the same numbers twice.
 */
export interface MachineVault {
  /**
   * A digest of what identifies this machine, for a new enrolment; the same after every start, as long
   * as the system keeps its id.
   */
  readonly machineFingerprint: Sha256;
  readonly secretBox: SecretBox;
  /** Makes the key of a new chain and keeps it, flushed. The same chain again gives the same key. */
  createDeviceKey(chainId: ChainId): DeviceKey;
  /** The key of a chain; `undefined` if this machine never had it. */
  findDeviceKey(chainId: ChainId): DeviceKey | undefined;
  /** Notes how far a chain has come. May lag behind the journal, never runs ahead, never goes back. */
  noteHead(chainId: ChainId, head: ChainHead): void;
  /** The last head noted for a chain; `undefined` if there is none. */
  lastNotedHead(chainId: ChainId): ChainHead | undefined;
  /**
   * Notes, over starts, whether nothing may be appended to a chain before its head was compared with
   * the central's.
   */
  noteComparison(chainId: ChainId, isDue: boolean): void;
}

/** Verifies Ed25519 signatures. */
export interface SignatureVerifier {
  isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** Compares PINs with their slow hashes off the main thread (GLI-31 5.2.2). */
export interface PinHasher {
  /** Whether `pin` is the one that `credential` was made from. */
  matches(pin: string, credential: PinCredential): Promise<boolean>;
  /** A new credential with a fresh salt. */
  hash(pin: string): Promise<PinCredential>;
}
