import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hashFields, type Sha256 } from '#shared/kernel/hash.ts';
import { readIfPresent, writeDurably } from './durable-file.ts';

/** Where a Linux system keeps the id that it got when it was installed. */
export const SYSTEM_ID_FILE = '/etc/machine-id';

/** The id of a till that was enrolled where the system had none, kept in the vault. */
const OWN_ID_FILE = 'machine-id';

/** Digests of what identifies this machine. */
export interface MachineFingerprint {
  /**
   * For a new enrolment: of the id of the installed system where it has one, otherwise of a random id
   * that is made now and kept in the vault, which then alone tells this machine from a copy of it.
   */
  ofNewEnrolment(): Sha256;
  /**
   * Whether a till that was enrolled as `fingerprint` was enrolled here. Makes no id: a till whose
   * system has lost its id for a while must not be bound to another one.
   */
  matches(fingerprint: Sha256): boolean;
  /** The installed system tells an id. */
  hasSystemId(): boolean;
}

/** Reads what identifies this machine, each time anew, from `systemIdFile` and the vault. */
export function createMachineFingerprint(
  vaultFolder: string,
  systemIdFile: string,
): MachineFingerprint {
  const ownPath = join(vaultFolder, OWN_ID_FILE);
  const systemId = (): string | undefined => {
    const text = readIfPresent(systemIdFile)?.trim() ?? '';
    return /^[0-9a-f]{32}$/.test(text) ? text : undefined;
  };
  const ownId = (): string => {
    const kept = readIfPresent(ownPath);
    if (kept !== undefined) return kept;
    const made = randomUUID();
    writeDurably(ownPath, made);
    return made;
  };
  return {
    ofNewEnrolment: () => digestOf(systemId() ?? ownId()),
    matches: (fingerprint) =>
      [systemId(), readIfPresent(ownPath)].some(
        (id) => id !== undefined && digestOf(id) === fingerprint,
      ),
    hasSystemId: () => systemId() !== undefined,
  };
}

function digestOf(id: string): Sha256 {
  return hashFields('counterfoil.machine.1', id);
}
