import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hashFields, type Sha256 } from '#shared/kernel/hash.ts';
import { readIfPresent, writeDurably } from './durable-file.ts';

/** Where a Linux system keeps the id that it got when it was installed. */
const SYSTEM_ID_FILE = '/etc/machine-id';

/** The id that a machine without one of its own is given, kept in the vault. */
const OWN_ID_FILE = 'machine-id';

/**
 * A digest of what identifies this machine.
 *
 * That is the id of the installed system, where it has one; otherwise a random id that is made once
 * and kept in the vault, which then alone tells this machine from a copy of it. A machine that was
 * given an id keeps it, also when its system gets one later.
 */
export function readMachineFingerprint(vaultFolder: string): Sha256 {
  const ownPath = join(vaultFolder, OWN_ID_FILE);
  const id = readIfPresent(ownPath) ?? readSystemId();
  if (id !== undefined) return hashFields('counterfoil.machine.1', id);
  writeDurably(ownPath, randomUUID());
  return readMachineFingerprint(vaultFolder);
}

function readSystemId(): string | undefined {
  const text = readIfPresent(SYSTEM_ID_FILE)?.trim() ?? '';
  return /^[0-9a-f]{32}$/.test(text) ? text : undefined;
}
