import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { forgetOldKeys } from './api/idempotency.ts';
import { buildApp } from './build-app.ts';
import type { Central } from './central.ts';
import { openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { foldTotals } from './modules/administration/raffle-events.ts';
import { ensureEpoch } from './modules/epoch/service.ts';
import { judgeLeftovers } from './modules/journal/service.ts';
import { endLeftSessions } from './modules/person-sessions/repository.ts';
import { carryOnClosing } from './modules/raffle-events/carry-on-closing.ts';
import { openMirrorWatch } from './modules/stream/mirror-watch.ts';
import { openIdentity, openSystemSecret } from './secrets/central-identity.ts';
import { createPersonTokens, type PeopleIssuer } from './secrets/person-tokens.ts';
import { createSecretVault } from './secrets/secret-vault.ts';

const HOUSEKEEPING_MS = 5_000;

/** What one API process runs on. */
export interface CentralOptions {
  readonly databaseUrl: string;
  /** 32 bytes, the same for every API process over one database. */
  readonly serverKey: Uint8Array;
  readonly isDemo: boolean;
  /** 0 for a free port. */
  readonly port: number;
  readonly logger: FastifyBaseLogger;
  /** Whose tokens people show; without it nobody can sign in. */
  readonly peopleIssuer?: PeopleIssuer | undefined;
  /** The subjects of those who run the system as a whole. */
  readonly platformAdministrators?: readonly string[];
  /** The time; tests set it. */
  readonly now?: () => Date;
}

/** A running API process. */
export interface RunningCentral {
  readonly url: string;
  readonly central: Central;
  /** Every call that it serves, as `METHOD /path`. */
  readonly calls: readonly string[];
  /** Finishes running requests, then closes every connection. */
  stop(): Promise<void>;
}

/**
 * Starts one API process on loopback: migrates the database, opens its keys, and listens.
 *
 * Rejects, in words, when the database is newer than the program or belongs to another server key.
 */
export async function startCentral(options: CentralOptions): Promise<RunningCentral> {
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
  const mirrorWatch = await openMirrorWatch(options.databaseUrl);
  const calls: string[] = [];
  const app = await buildApp(central, mirrorWatch, options.logger, (call) => calls.push(call));
  const url = await app.listen({ host: '127.0.0.1', port: options.port });
  const chores = {
    'fold-totals': () => foldTotals(database),
    'carry-on-closing': () => carryOnClosing(central),
    'judge-leftovers': () => judgeLeftovers(central),
    'end-left-sessions': () => endLeftSessions(database, central.now()),
    'forget-old-keys': () => forgetOldKeys(database, central.now()),
  };
  const housekeeping = setInterval(() => {
    for (const [name, work] of Object.entries(chores)) {
      work().catch((error: unknown) => options.logger.error({ err: error }, name));
    }
  }, HOUSEKEEPING_MS);
  return {
    url,
    central,
    calls,
    async stop() {
      clearInterval(housekeeping);
      await app.close();
      await mirrorWatch.close();
      await close();
    },
  };
}
