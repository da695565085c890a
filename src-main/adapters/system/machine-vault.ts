import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceKey, MachineVault } from '#main/ports/keys.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { readIfPresent, writeDurably } from './durable-file.ts';
import { createDeviceKey } from './ed25519.ts';
import {
  createMachineFingerprint,
  type MachineFingerprint,
  SYSTEM_ID_FILE,
} from './machine-fingerprint.ts';
import { createNotedHeads, type NotedHeads } from './noted-heads.ts';
import { createSecretBox } from './secret-box.ts';

const STORAGE_KEY_FILE = 'storage.key';
const STORAGE_KEY_BYTES = 32;

/** The vault with what only the start and the end of a run need. */
export interface FileMachineVault extends MachineVault {
  /** Whether this is the machine that a till was enrolled on. */
  readonly machine: Pick<MachineFingerprint, 'matches' | 'hasSystemId'>;
  /** The chains whose heads were noted on this machine. */
  readonly notedChains: NotedHeads['chains'];
  /** Nothing may be appended to the chain before heads were compared: an earlier run did not come to it. */
  isComparisonDue(chainId: ChainId): boolean;
  /**
   * Moves what is kept of every noted chain but one into a folder beside them: they belong to chains
   * that were lost, and are never used again.
   */
  setAsideChainsBut(chainId: ChainId): void;
  /** Writes the heads that are still waiting. */
  close(): Promise<void>;
}

/**
 * The vault as files that only their owner may read, in `folder`, which is made when it is not there.
 * `systemIdFile` is where the installed system keeps its id.
 *
 * Node reaches no keystore of the operating system without a library for each of them: the file
 * permissions of the till's own account are what protects these keys. Whoever can read as that
 * account can copy them; the fingerprint and the central's fork detection are there for that case.
 */
export function openMachineVault(
  folder: string,
  systemIdFile: string = SYSTEM_ID_FILE,
): FileMachineVault {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const heads = createNotedHeads(folder);
  const machine = createMachineFingerprint(folder, systemIdFile);
  const keyPath = (chainId: ChainId) => join(folder, `${chainId}.key`);
  const comparisonPath = (chainId: ChainId) => join(folder, `${chainId}.comparison-due`);

  const findDeviceKey = (chainId: ChainId): DeviceKey | undefined => {
    const pem = readIfPresent(keyPath(chainId));
    return pem === undefined ? undefined : createDeviceKey(createPrivateKey(pem));
  };
  const makeDeviceKey = (chainId: ChainId): DeviceKey => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
    writeDurably(keyPath(chainId), pem.toString());
    return createDeviceKey(privateKey);
  };

  return {
    get machineFingerprint() {
      return machine.ofNewEnrolment();
    },
    machine,
    secretBox: createSecretBox(readStorageKey(join(folder, STORAGE_KEY_FILE))),
    createDeviceKey: (chainId) => findDeviceKey(chainId) ?? makeDeviceKey(chainId),
    findDeviceKey,
    noteHead: heads.note,
    lastNotedHead: heads.last,
    isComparisonDue: (chainId) => existsSync(comparisonPath(chainId)),
    noteComparison: (chainId, isDue) => {
      if (isDue) writeDurably(comparisonPath(chainId), '');
      else rmSync(comparisonPath(chainId), { force: true });
    },
    notedChains: heads.chains,
    setAsideChainsBut: (chainId) => {
      const lost = heads.chains().filter((noted) => noted !== chainId);
      if (lost.length > 0) setAside(folder, lost);
    },
    close: heads.close,
  };
}

/** The head goes last: while it is there, the chain counts as noted and is moved again. */
function setAside(folder: string, chains: readonly ChainId[]): void {
  const aside = join(folder, 'set-aside');
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  const ends = ['comparison-due', 'key', 'head'];
  for (const name of chains.flatMap((chainId) => ends.map((end) => `${chainId}.${end}`))) {
    if (existsSync(join(folder, name))) renameSync(join(folder, name), join(aside, name));
  }
}

/** The till's storage key, made with the vault. */
function readStorageKey(path: string): Uint8Array {
  const stored = readIfPresent(path);
  if (stored !== undefined) return Buffer.from(stored, 'base64');
  const key = randomBytes(STORAGE_KEY_BYTES);
  writeDurably(path, key.toString('base64'));
  return key;
}
