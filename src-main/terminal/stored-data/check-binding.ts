import type { FileMachineVault } from '#main/adapters/system/machine-vault.ts';
import type { MachineVault } from '#main/ports/keys.ts';
import type { DeviceRow } from '#main/ports/terminal-rows.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { type DataFaults, dataFault } from './data-fault.ts';
import type { JournalView } from './find-second-file.ts';

/** Why this machine is not the one that the till was enrolled on; `undefined` if it is. */
export function findMachineFault(
  device: DeviceRow,
  vault: Pick<FileMachineVault, 'machine' | 'findDeviceKey'>,
): DataFaults | undefined {
  if (vault.findDeviceKey(device.chainId) === undefined) {
    return dataFault(
      'machine',
      'this is a copy of a till, or its data folder was moved: the keys for it are not here',
    );
  }
  if (vault.machine.matches(device.machineFingerprint)) return undefined;
  return dataFault(
    'machine',
    vault.machine.hasSystemId()
      ? 'this till was enrolled on another machine'
      : 'this till is bound to the id of the installed system, and the system tells none now: restore it',
  );
}

/**
 * Why a journal cannot be the one whose head this machine noted: it has another entry there.
 * `undefined` if it can, or nothing was noted.
 */
export function findForeignHead(
  chainId: ChainId,
  journal: JournalView,
  vault: Pick<MachineVault, 'lastNotedHead'>,
): DataFaults | undefined {
  const noted = vault.lastNotedHead(chainId);
  const found = noted && journal.hashAt(noted.seq);
  if (noted === undefined || found === undefined || found === noted.hash) return undefined;
  return dataFault(
    'journal',
    `entry ${noted.seq} of the journal is not the one that this till had made`,
  );
}

/** The head that this machine noted where the journal ends before it: it was set back. Null if not. */
export function findAwaitedHead(
  chainId: ChainId,
  journal: JournalView,
  vault: Pick<MachineVault, 'lastNotedHead'>,
): ChainHead | null {
  const noted = vault.lastNotedHead(chainId);
  return noted !== undefined && noted.seq > journal.head().seq ? noted : null;
}
