import { fromHex, utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes, hashFields, type Sha256 } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';

/**
 * The 32 bytes that the central signs to prove who it is, when it enrols a device and whenever it
 * hands out a token. They cover a challenge of the device, so an old proof is worth nothing.
 */
export function centralProofBytes(chainId: ChainId, challenge: Uint8Array): Uint8Array {
  return fromHex(hashFields('counterfoil.central-proof.1', utf8(chainId), challenge));
}

/** The fingerprint of the central's key, as people compare it: six groups of four hexadecimal digits. */
export function centralFingerprint(publicKey: Uint8Array): string {
  const digest: Sha256 = hashBytes(publicKey);
  return (digest.slice(0, 24).match(/.{4}/g) ?? []).join('-');
}

/** Whether `typed` is the fingerprint of `publicKey`, however it was spaced or capitalised. */
export function isFingerprintOf(typed: string, publicKey: Uint8Array): boolean {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
  return bare(typed) === bare(centralFingerprint(publicKey));
}
