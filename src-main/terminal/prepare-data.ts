import { createChainRows } from '#main/adapters/sqlite/chain-rows.ts';
import { createDeviceRows } from '#main/adapters/sqlite/device-rows.ts';
import { countSinceCheckpoint } from '#main/adapters/sqlite/memory-check/count-since-checkpoint.ts';
import { openMachineVault } from '#main/adapters/system/machine-vault.ts';
import type { LostChain } from '../application/set-up/lost-chain.ts';
import { type DataPlaces, vaultFolderOf } from './stored-data/data-places.ts';
import type { DatabaseTools } from './stored-data/examine-database.ts';
import { lockPlaces } from './stored-data/lock-places.ts';
import { settleLostChain } from './stored-data/lost-chain.ts';
import { openStorage, type TerminalStorage } from './stored-data/open-storage.ts';
import {
  type NoDatabase,
  type SettledDatabase,
  settleDatabase,
} from './stored-data/settle-database.ts';
import { startOver } from './stored-data/start-over.ts';

/** A start looks at this many entries in well under a second. */
const ENTRIES_PER_CHECKPOINT = 1_000;

/** A till that has what it needs. Heads are compared with the central first where it says so. */
export interface UsableData extends Omit<SettledDatabase, 'database'> {
  readonly storage: TerminalStorage;
  /** Both copies of this till's last chain are gone: it is enrolled anew. */
  readonly lostChain: LostChain | null;
  /** So much was added since the last checkpoint that the next start should not look at it again. */
  readonly isCheckpointDue: boolean;
}

/** What became of a till's data at start. */
export type PreparedData =
  | UsableData
  /** Another core has it, or it lies where locks mean nothing. In words for whoever starts this. */
  | { readonly kind: 'in-use'; readonly detail: string }
  /** It may not be sold on (GLI-31 3.4.4). Everything is closed and stays as it was found. */
  | NoDatabase;

/**
 * Brings a till's data into a state that it can sell on: locks, opens, migrates, checks all of it,
 * compares database, second journal file and vault, and repairs what can be repaired without
 * guessing. Deletes nothing.
 *
 * `startsOver` sets aside what is left where that is not enough, so that the till is enrolled anew; a
 * copy that can be used, brought back meanwhile, comes first.
 */
export async function prepareTerminalData(
  places: DataPlaces,
  tools: DatabaseTools,
  startsOver: boolean,
): Promise<PreparedData> {
  const locked = lockPlaces(places);
  if (!locked.ok) return { kind: 'in-use', detail: locked.failure };
  const { release } = locked.value;
  try {
    const prepared = await prepareLocked(places, tools, startsOver, release);
    if (prepared.kind === 'out-of-service') release();
    return prepared;
  } catch (error) {
    release();
    throw error;
  }
}

async function prepareLocked(
  places: DataPlaces,
  tools: DatabaseTools,
  startsOver: boolean,
  release: () => void,
): Promise<UsableData | NoDatabase> {
  const vault = openMachineVault(vaultFolderOf(places));
  const settle = startsOver ? startOver : settleDatabase;
  const settled = settle({ places, tools, vault });
  if (settled.kind === 'out-of-service') return settled;
  const { database, ...facts } = settled;
  const device = createDeviceRows(database).device();
  // Completing the second file takes away the sign that heads have to be compared.
  if (device !== undefined && facts.mustCompareHeads) vault.noteComparison(device.chainId, true);
  const lostChain = settleLostChain(database, vault);
  const isCheckpointDue = countSinceCheckpoint(database) > ENTRIES_PER_CHECKPOINT;
  const storage = openStorage({ places, database, vault, verifier: tools.verifier, release });
  if (createChainRows(database).head().seq > 0) await storage.completeSecondFile();
  return { ...facts, storage, lostChain, isCheckpointDue };
}
