import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { backUpDatabase } from '#main/adapters/sqlite/back-up-database.ts';
import {
  checkMemory,
  isMemoryGood,
  type MemoryCheck,
} from '#main/adapters/sqlite/memory-check/check-memory.ts';
import { type MigrationRefusal, migrate } from '#main/adapters/sqlite/migrate.ts';
import {
  openWritableDatabase,
  type WritableDatabase,
} from '#main/adapters/sqlite/open-database.ts';
import { isDamage } from '#main/adapters/sqlite/sqlite-errors.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { SignatureVerifier } from '#main/ports/keys.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { type DataFaults, dataFault, faultsOf } from './data-fault.ts';
import type { DataFiles } from './data-files.ts';
import { type DataPlaces, databasePathOf } from './data-places.ts';

/** What was found where the database should be. */
export type FoundDatabase =
  | { readonly kind: 'missing' }
  /** Open, at the newest schema, every check passed. */
  | {
      readonly kind: 'good';
      readonly database: WritableDatabase;
      readonly memoryCheck: MemoryCheck;
    }
  /** Closed. What it holds may be lost, or may be read in part. */
  | { readonly kind: 'damaged'; readonly faults: DataFaults }
  /** Closed. There is nothing wrong with it, but this program may not use it. */
  | { readonly kind: 'unusable'; readonly faults: DataFaults };

/** What looking at a database takes. */
export interface DatabaseTools {
  readonly clock: Clock;
  readonly verifier: SignatureVerifier;
  readonly files: DataFiles;
}

/** Opens the database if there is one, brings it to the newest schema, and checks all of it. */
export function examineDatabase(places: DataPlaces, tools: DatabaseTools): FoundDatabase {
  const path = databasePathOf(places);
  if (!existsSync(path)) return { kind: 'missing' };
  return openChecked(path, places, tools);
}

/** Opens a database, makes it when it is not there, and checks all of it. */
export function openChecked(
  path: string,
  places: DataPlaces,
  tools: DatabaseTools,
): Exclude<FoundDatabase, { kind: 'missing' }> {
  let database: WritableDatabase | undefined;
  try {
    database = openWritableDatabase(path);
    const found = migrateAndCheck(database, places, tools);
    if (found.kind !== 'good') database.client.close();
    return found;
  } catch (error) {
    database?.client.close();
    if (!isDamage(error) && !(error instanceof IntegrityFault)) throw error;
    return { kind: 'damaged', faults: dataFault('database file', error.message) };
  }
}

function migrateAndCheck(
  database: WritableDatabase,
  places: DataPlaces,
  { clock, verifier }: DatabaseTools,
): Exclude<FoundDatabase, { kind: 'missing' }> {
  const { migrationsDirectory } = places;
  const backUp = () => backUpDatabase(database, newBackupPath(places, clock));
  const migrated = migrate(database, { migrationsDirectory, backUp });
  if (!migrated.ok) {
    return { kind: 'unusable', faults: dataFault('database version', wordsFor(migrated.failure)) };
  }
  const memoryCheck = checkMemory(database, {
    migrationsDirectory,
    verifier,
    monotonicMs: () => clock.monotonicMs(),
  });
  if (isMemoryGood(memoryCheck)) return { kind: 'good', database, memoryCheck };
  const [first, ...others] = faultsOf(memoryCheck);
  return first === undefined
    ? { kind: 'good', database, memoryCheck }
    : { kind: 'damaged', faults: [first, ...others] };
}

function newBackupPath({ dataDirectory }: DataPlaces, clock: Clock): string {
  const folder = join(dataDirectory, 'backups');
  mkdirSync(folder, { recursive: true });
  return join(folder, `before-migration-${clock.wall().replaceAll(':', '-')}.db`);
}

function wordsFor(refusal: MigrationRefusal): string {
  return refusal.kind === 'newer-database'
    ? 'a newer program wrote this database: start that program, or update this one'
    : `the database was made with another ${refusal.name} than this program has`;
}
