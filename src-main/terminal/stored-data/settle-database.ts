import { createChainRows } from '#main/adapters/sqlite/chain-rows.ts';
import { createDeviceRows } from '#main/adapters/sqlite/device-rows.ts';
import type { MemoryCheck } from '#main/adapters/sqlite/memory-check/check-memory.ts';
import {
  openWritableDatabase,
  type WritableDatabase,
} from '#main/adapters/sqlite/open-database.ts';
import type { FileMachineVault } from '#main/adapters/system/machine-vault.ts';
import { secondJournalPath } from '#main/adapters/system/second-journal.ts';
import type { DeviceRow } from '#main/ports/terminal-rows.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { findAwaitedHead, findForeignHead, findMachineFault } from './check-binding.ts';
import { type DataFaults, dataFault } from './data-fault.ts';
import { type DataPlaces, databasePathOf } from './data-places.ts';
import {
  type DatabaseTools,
  examineDatabase,
  type FoundDatabase,
  openChecked,
} from './examine-database.ts';
import { compareSecondFile, findRecoverableChain, type JournalView } from './find-second-file.ts';
import { rebuildData } from './rebuild-data.ts';
import { findUntoldRebuild } from './rebuild-note.ts';
import { finishSwap } from './swap-database.ts';

/** The most characters of a reason in the journal. */
const LONGEST_REASON = 200;

/** A database that may be sold on. */
export interface SettledDatabase {
  /**
   * - `fresh`: no chain yet, or no copy of one any more
   * - `ready`: as the last run left it
   * - `rebuilt`: it was lost, damaged or set back, and was made anew from the second file, now or at
   *   an earlier start that could not yet say so in the journal
   */
  readonly kind: 'fresh' | 'ready' | 'rebuilt';
  readonly database: WritableDatabase;
  readonly memoryCheck: MemoryCheck;
  /** Entries may be missing here that the central has: it is asked before the next sale. */
  readonly mustCompareHeads: boolean;
  /**
   * The entry that this machine had come to, where the journal ends before: both copies were set back.
   * The till goes on only once the central gave it back. Null if nothing is known to be missing.
   */
  readonly awaitedHead: ChainHead | null;
  readonly rebuilt: EntryPayload<'terminal.rebuilt'> | null;
}

/** Nothing here may be sold on. */
export interface NoDatabase {
  readonly kind: 'out-of-service';
  readonly faults: DataFaults;
  /** Neither copy can be used, and that is not for a person to mend: it may be enrolled anew. */
  readonly canStartOver?: true;
}

const NOTHING_TO_COMPARE = { mustCompareHeads: false, awaitedHead: null, rebuilt: null } as const;

/** What settling works with. */
export interface SettlingParts {
  readonly places: DataPlaces;
  readonly tools: DatabaseTools;
  readonly vault: FileMachineVault;
}

/**
 * Compares database, second file and vault, and makes one good database out of them if that can be
 * done without guessing. Whatever is replaced is kept beside it.
 */
export function settleDatabase(parts: SettlingParts): SettledDatabase | NoDatabase {
  finishSwap(parts.places, parts.tools);
  const found = examineDatabase(parts.places, parts.tools);
  switch (found.kind) {
    case 'unusable':
      return outOfService(found.faults);
    case 'missing':
      return recover(parts, 'the database was gone');
    case 'damaged':
      return recover(parts, `the database was damaged: ${found.faults[0].detail}`, found.faults);
    case 'good': {
      const device = createDeviceRows(found.database).device();
      return device === undefined
        ? settleEmpty(parts, found)
        : settleEnrolled(parts, found, device);
    }
  }
}

type GoodDatabase = Extract<FoundDatabase, { kind: 'good' }>;

/** A database without a chain: new, or the last one was deleted and made again. */
function settleEmpty(parts: SettlingParts, found: GoodDatabase): SettledDatabase | NoDatabase {
  const isNew = findChainToRecover(parts) === undefined && parts.vault.notedChains().length === 0;
  if (isNew) return { ...found, kind: 'fresh', ...NOTHING_TO_COMPARE };
  found.database.client.close();
  return recover(parts, 'the database was empty');
}

function settleEnrolled(
  parts: SettlingParts,
  found: GoodDatabase,
  device: DeviceRow,
): SettledDatabase | NoDatabase {
  const { places, vault } = parts;
  const { database, memoryCheck } = found;
  const { chainId } = device;
  const chain = createChainRows(database);
  const giveUp = (faults: DataFaults): NoDatabase => {
    database.client.close();
    return outOfService(faults);
  };

  const machineFault = findMachineFault(device, vault);
  if (machineFault !== undefined) return giveUp(machineFault);
  const secondFile = secondJournalPath(places.secondJournalDirectory, chainId);
  const standing = compareSecondFile(secondFile, chain);
  switch (standing.kind) {
    case 'other-branch':
      return giveUp(otherBranchFault(secondFile, standing.seq));
    case 'ahead': {
      const head = chain.head();
      database.client.close();
      const reason = `the database ended with entry ${head.seq}, the second file with ${standing.seq}`;
      return rebuild(parts, chainId, reason, head);
    }
    default: {
      const foreignHead = findForeignHead(chainId, chain, vault);
      if (foreignHead !== undefined) return giveUp(foreignHead);
      const awaitedHead = findAwaitedHead(chainId, chain, vault);
      const rebuilt = findUntoldRebuild(places, parts.tools.files, chain);
      const mustCompareHeads =
        standing.kind === 'missing' ||
        rebuilt !== null ||
        awaitedHead !== null ||
        vault.isComparisonDue(chainId);
      const kind = rebuilt === null ? 'ready' : 'rebuilt';
      return { kind, database, memoryCheck, mustCompareHeads, awaitedHead, rebuilt };
    }
  }
}

/** Without a database to trust: `faults` say what is wrong with the one that is there. */
function recover(
  parts: SettlingParts,
  reason: string,
  faults?: DataFaults,
): SettledDatabase | NoDatabase {
  const chainId = findChainToRecover(parts);
  if (chainId !== undefined) return rebuild(parts, chainId, reason);
  if (faults !== undefined) return beyondRepair(faults);
  const made = openChecked(databasePathOf(parts.places), parts.places, parts.tools);
  return made.kind === 'good'
    ? { ...made, kind: 'fresh', ...NOTHING_TO_COMPARE }
    : outOfService(made.faults);
}

/** The newest chain of this machine, if its second file is there. An older one is not enough. */
function findChainToRecover({ places, vault }: SettlingParts): ChainId | undefined {
  const newestNoted = [...vault.notedChains()].sort().at(-1);
  const chainId = findRecoverableChain(places.secondJournalDirectory, vault);
  const isNewest = chainId !== undefined && chainId >= (newestNoted ?? '');
  return isNewest ? chainId : undefined;
}

/** `known` is an entry that the rebuilt journal has to contain. */
function rebuild(
  { places, tools, vault }: SettlingParts,
  chainId: ChainId,
  reason: string,
  known?: ChainHead,
): SettledDatabase | NoDatabase {
  const secondFile = secondJournalPath(places.secondJournalDirectory, chainId);
  const rebuilt = rebuildData(chainId, places, tools);
  if (Array.isArray(rebuilt)) return beyondRepair(rebuilt);
  const chain = createChainRows(rebuilt.database);
  const device = createDeviceRows(rebuilt.database).device();
  const refusal =
    device === undefined
      ? beyondRepair(
          dataFault('second journal file', `${secondFile} holds no journal of this till`),
        )
      : findRefusal({ secondFile, chain, device, vault, known });
  if (refusal !== undefined) {
    rebuilt.discard();
    return refusal;
  }
  const awaitedHead = findAwaitedHead(chainId, chain, vault);
  const { seq: recoveredThroughSeq, hash } = chain.head();
  const facts = {
    source: 'second-file',
    recoveredThroughSeq,
    reason: reason.slice(0, LONGEST_REASON),
  } as const;
  rebuilt.takePlace(facts, hash);
  return {
    kind: 'rebuilt',
    database: openWritableDatabase(databasePathOf(places)),
    memoryCheck: rebuilt.memoryCheck,
    mustCompareHeads: true,
    awaitedHead,
    rebuilt: facts,
  };
}

/** Why what was rebuilt may not be sold on; `undefined` if it may. */
function findRefusal(made: {
  readonly secondFile: string;
  readonly chain: JournalView;
  readonly device: DeviceRow;
  readonly vault: FileMachineVault;
  readonly known: ChainHead | undefined;
}): NoDatabase | undefined {
  const { secondFile, chain, device, vault, known } = made;
  const fault = findMachineFault(device, vault) ?? findForeignHead(device.chainId, chain, vault);
  if (fault !== undefined) return outOfService(fault);
  if (known !== undefined && chain.hashAt(known.seq) !== known.hash) {
    return outOfService(otherBranchFault(secondFile, known.seq));
  }
  return findHole(secondFile, chain);
}

function outOfService(faults: DataFaults): NoDatabase {
  return { kind: 'out-of-service', faults };
}

/** Nothing that this computer has can be sold on, and nobody can mend it. */
function beyondRepair(faults: DataFaults): NoDatabase {
  return { ...outOfService(faults), canStartOver: true };
}

/** Why the second file's last entry is not in what was rebuilt; `undefined` if it is. */
function findHole(secondFile: string, chain: JournalView): NoDatabase | undefined {
  const standing = compareSecondFile(secondFile, chain);
  if (standing.kind === 'other-branch') {
    return outOfService(otherBranchFault(secondFile, standing.seq));
  }
  if (standing.kind !== 'ahead') return undefined;
  return beyondRepair(
    dataFault(
      'second journal file',
      `entry ${chain.head().seq + 1} is damaged in ${secondFile} and in the database, which go on to ${standing.seq}`,
    ),
  );
}

function otherBranchFault(secondFile: string, seq: number): DataFaults {
  return dataFault(
    'second journal file',
    `${secondFile} and the database have different entries at ${seq}: one of them is of a copy of this till`,
  );
}
