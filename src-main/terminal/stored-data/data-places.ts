import { join } from 'node:path';
import { hashFields } from '#shared/kernel/hash.ts';

/** The folders and programs that a till's data is prepared from. All absolute. */
export interface DataPlaces {
  readonly dataDirectory: string;
  readonly secondJournalDirectory: string;
  /** Holds a folder of keys for each data folder. */
  readonly vaultDirectory: string;
  readonly migrationsDirectory: string;
  /** The program of the thread that writes the second journal file: `journal-writer-worker`. */
  readonly journalWriterScript: URL;
}

/** The database of a till. */
export function databasePathOf({ dataDirectory }: Pick<DataPlaces, 'dataDirectory'>): string {
  return join(dataDirectory, 'terminal.db');
}

/**
 * The folder in the vault that belongs to one data folder, by its path.
 *
 * Several tills of one person share a vault, and a copy of a data folder, also on the same computer,
 * has no keys. A data folder that was moved has none either until it is back.
 */
export function vaultFolderOf({
  vaultDirectory,
  dataDirectory,
}: Pick<DataPlaces, 'vaultDirectory' | 'dataDirectory'>): string {
  return join(vaultDirectory, hashFields('counterfoil.vault.1', dataDirectory).slice(0, 16));
}
