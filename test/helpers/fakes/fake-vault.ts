import { randomBytes } from 'node:crypto';
import { createSecretBox } from '#main/adapters/system/secret-box.ts';
import type { DeviceKey, MachineVault, PinHasher } from '#main/ports/keys.ts';
import type { PinCredential } from '#shared/contract/mirror/operator.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import { toBase64, utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { makeDeviceKey } from '../terminal-database.ts';

/** A vault in memory: survives what a test calls a restart, as the machine does. */
export function createFakeVault(): MachineVault {
  const keys = new Map<ChainId, DeviceKey>();
  const heads = new Map<ChainId, ChainHead>();
  return {
    machineFingerprint: hashBytes(utf8('this machine')),
    secretBox: createSecretBox(randomBytes(32)),
    createDeviceKey(chainId) {
      const key = keys.get(chainId) ?? makeDeviceKey();
      keys.set(chainId, key);
      return key;
    },
    findDeviceKey: (chainId) => keys.get(chainId),
    noteHead(chainId, head) {
      heads.set(chainId, head);
    },
    lastNotedHead: (chainId) => heads.get(chainId),
    noteComparison: () => {},
  };
}

/** The credential of a PIN as the fake hasher makes it: quick, and worth nothing. */
export function quickCredential(pin: string): PinCredential {
  return {
    algorithm: 'scrypt',
    salt: toBase64(new Uint8Array(16)),
    hash: toBase64(Buffer.from(hashBytes(utf8(pin)), 'hex')),
    cost: 2 ** 14,
    blockSize: 8,
    parallelism: 1,
  };
}

/** A hasher that takes no time and counts how often it was asked. */
export interface FakePinHasher extends PinHasher {
  readonly comparisons: () => number;
}

/** Makes a quick hasher. */
export function createFakePinHasher(): FakePinHasher {
  let count = 0;
  return {
    comparisons: () => count,
    async matches(pin, credential) {
      count += 1;
      return quickCredential(pin).hash === credential.hash;
    },
    hash: async (pin) => quickCredential(pin),
  };
}
