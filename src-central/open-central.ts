import { randomBytes } from 'node:crypto';
import type { Central } from './central.ts';
import { openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { ensureEpoch } from './modules/epoch/service.ts';
import { openIdentity, openSystemSecret } from './secrets/central-identity.ts';
import { createPersonTokens, type PeopleIssuer } from './secrets/person-tokens.ts';
import { createSecretVault } from './secrets/secret-vault.ts';

/** What the central's services work on. */
export interface OpenOptions {
  readonly databaseUrl: string;
  /** 32 bytes, the same for every program over one database. */
  readonly serverKey: Uint8Array;
  readonly isDemo: boolean;
  /** Whose tokens people show; without it nobody can sign in. */
  readonly peopleIssuer?: PeopleIssuer | undefined;
  /** The subjects of those who run the system as a whole. */
  readonly platformAdministrators?: readonly string[];
  /** The time; tests set it. */
  readonly now?: () => Date;
}

/** An open central, without its API. */
export interface OpenCentral {
  readonly central: Central;
  /** Waits for running queries, then closes every connection. */
  close(): Promise<void>;
}

/**
 * Opens the central's database for the services: migrates it, opens its keys, and sees which epoch it
 * is in.
 *
 * Rejects, in words, when the database is newer than the program or belongs to another server key.
 */
export async function openCentral(options: OpenOptions): Promise<OpenCentral> {
  await migrate(options.databaseUrl);
  const { database, close } = openDatabase(options.databaseUrl);
  const vault = createSecretVault(options.serverKey);
  const central: Central = {
    database,
    vault,
    identity: await openIdentity(database, vault, randomBytes),
    tokenKey: await openSystemSecret(database, vault, 'token-key', randomBytes),
    people: {
      tokens:
        options.peopleIssuer === undefined ? undefined : createPersonTokens(options.peopleIssuer),
      platformAdministrators: new Set(options.platformAdministrators),
    },
    isDemo: options.isDemo,
    now: options.now ?? (() => new Date()),
    randomBytes,
  };
  await ensureEpoch(database);
  return { central, close };
}
