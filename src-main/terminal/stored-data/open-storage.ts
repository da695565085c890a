import { basename, join } from 'node:path';
import { createChainRows } from '#main/adapters/sqlite/chain-rows.ts';
import { copyDatabase } from '#main/adapters/sqlite/copy-database.ts';
import { verifyOlderEntries } from '#main/adapters/sqlite/memory-check/verify-older-entries.ts';
import type { WritableDatabase } from '#main/adapters/sqlite/open-database.ts';
import { createUnitOfWork } from '#main/adapters/sqlite/unit-of-work.ts';
import type { FileMachineVault } from '#main/adapters/system/machine-vault.ts';
import { createSecondJournal } from '#main/adapters/system/second-journal.ts';
import type { MachineVault, SignatureVerifier } from '#main/ports/keys.ts';
import type { SecondJournal } from '#main/ports/second-journal.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import { type DataPlaces, databasePathOf, vaultFolderOf } from './data-places.ts';

/** Everything a till keeps, open and ready to sell on. */
export interface TerminalStorage {
  /** For the sync worker's own connection. */
  readonly databasePath: string;
  /** The folder of this till's own keys, for the sync worker. */
  readonly vaultFolder: string;
  readonly unitOfWork: UnitOfWork;
  readonly secondJournal: SecondJournal;
  readonly vault: MachineVault;
  /**
   * Gives the second file what it lacks, and waits for it as long as a sale would; after that it goes
   * on by itself. True once the file has all of it.
   */
  completeSecondFile(): Promise<boolean>;
  /**
   * Checks, giving way to everything else, what the check before selling took from the last
   * checkpoint. Rejects with `IntegrityFault` if an older entry is wrong.
   */
  verifyOlderEntries(): Promise<number>;
  /** Writes a copy of the database into a folder, damage and all, while the till goes on. */
  copyDatabase(folder: string): Promise<void>;
  /** Writes what waits, closes everything and releases the locks. */
  close(): Promise<void>;
}

/** What a storage is made of. */
export interface StorageParts {
  readonly places: DataPlaces;
  readonly database: WritableDatabase;
  readonly vault: FileMachineVault;
  readonly verifier: SignatureVerifier;
  readonly release: () => void;
}

/** Opens a till's storage over a database that was found good. The core opens its chain. */
export function openStorage(parts: StorageParts): TerminalStorage {
  const { places, database, vault, verifier, release } = parts;
  const unitOfWork = createUnitOfWork(database, verifier);
  const chain = createChainRows(database);
  const chainId = chain.place()?.chainId;
  const secondJournal = createSecondJournal({
    directory: places.secondJournalDirectory,
    dataDirectory: places.dataDirectory,
    chainId,
    source: chain,
    writerScript: places.journalWriterScript,
  });
  return {
    databasePath: databasePathOf(places),
    vaultFolder: vaultFolderOf(places),
    unitOfWork,
    secondJournal,
    vault,
    completeSecondFile: () => secondJournal.append(chain.entriesAfter(chain.head().seq - 1, 1)),
    verifyOlderEntries: () => verifyOlderEntries(database, verifier),
    copyDatabase: (folder) =>
      copyDatabase(database, join(folder, basename(databasePathOf(places)))),
    close: async () => {
      await secondJournal.close();
      await vault.close();
      database.client.close();
      release();
    },
  };
}
