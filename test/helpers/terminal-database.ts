import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '#main/adapters/sqlite/migrate.ts';
import {
  openWritableDatabase,
  type WritableDatabase,
} from '#main/adapters/sqlite/open-database.ts';
import { createUnitOfWork } from '#main/adapters/sqlite/unit-of-work.ts';
import { createDeviceKey, createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import type { DeviceKey } from '#main/ports/keys.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import { invariant } from '#shared/kernel/invariant.ts';

/** Where the terminal's migrations lie. */
export const MIGRATIONS = fileURLToPath(new URL('../../migrations/terminal', import.meta.url));

/** A folder that is removed by `dispose`. */
export interface TemporaryFolder extends Disposable {
  readonly path: string;
}

/** A new folder of its own; `using folder = makeTemporaryFolder()` removes it. */
export function makeTemporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'counterfoil-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Opens a database at `path` with the newest schema. */
export function openMigratedDatabase(path: string): WritableDatabase {
  const database = openWritableDatabase(path);
  const migrated = migrate(database, { migrationsDirectory: MIGRATIONS, backUp: () => {} });
  invariant(migrated.ok, 'a fresh database takes every migration');
  return database;
}

/** A real database in a folder of its own, with its unit of work and the key of a chain. */
export interface TestDatabase extends Disposable {
  readonly folder: string;
  readonly path: string;
  readonly database: WritableDatabase;
  readonly unitOfWork: UnitOfWork;
  readonly key: DeviceKey;
}

/** A new device key. */
export function makeDeviceKey(): DeviceKey {
  return createDeviceKey(generateKeyPairSync('ed25519').privateKey);
}

/** Opens a fresh database; `using till = openTestDatabase()` closes and removes it. */
export function openTestDatabase(): TestDatabase {
  const folder = makeTemporaryFolder();
  const path = join(folder.path, 'counterfoil.db');
  const database = openMigratedDatabase(path);
  return {
    folder: folder.path,
    path,
    database,
    unitOfWork: createUnitOfWork(database, createSignatureVerifier()),
    key: makeDeviceKey(),
    [Symbol.dispose]: () => {
      database.client.close();
      folder[Symbol.dispose]();
    },
  };
}
