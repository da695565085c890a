import type { Database } from './db/database.ts';
import type { CentralIdentity } from './secrets/central-identity.ts';
import type { PersonTokens } from './secrets/person-tokens.ts';
import type { SecretVault } from './secrets/secret-vault.ts';

/** What every module of the central works with. */
export interface Central {
  readonly database: Database;
  /** Encrypts and decrypts the keys that the central keeps. */
  readonly vault: SecretVault;
  /** Proves to devices that this is their central. */
  readonly identity: CentralIdentity;
  /** Signs and verifies access tokens; the same for every API process of one database. */
  readonly tokenKey: Uint8Array;
  readonly people: People;
  /** Tickets of this central are not valid, and its PINs are shown to everybody. */
  readonly isDemo: boolean;
  now(): Date;
  /** Unpredictable bytes, fit for keys. */
  randomBytes(length: number): Uint8Array;
}

/** How people sign in. */
export interface People {
  /** Verifies their tokens; undefined where no identity provider is configured. */
  readonly tokens: PersonTokens | undefined;
  /** The subjects of those who run the system as a whole. */
  readonly platformAdministrators: ReadonlySet<string>;
}
