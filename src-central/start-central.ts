import type { FastifyBaseLogger } from 'fastify';
import { forgetOldKeys } from './api/idempotency.ts';
import { buildApp } from './build-app.ts';
import type { Central } from './central.ts';
import { foldTotals } from './modules/administration/raffle-events.ts';
import { recordCriticalEvent } from './modules/critical-events/record-critical-event.ts';
import { judgeLeftovers } from './modules/journal/service.ts';
import { endLeftSessions } from './modules/person-sessions/repository.ts';
import { carryOnClosing } from './modules/raffle-events/carry-on-closing.ts';
import { openMirrorWatch } from './modules/stream/mirror-watch.ts';
import { type OpenOptions, openCentral } from './open-central.ts';
import { PROGRAM_VERSION } from './program-version.ts';

const HOUSEKEEPING_MS = 5_000;

/** What one API process runs on. */
export interface CentralOptions extends OpenOptions {
  /** 0 for a free port. */
  readonly port: number;
  readonly logger: FastifyBaseLogger;
  /** Who may read the metrics from elsewhere; without it, only programs of this computer. */
  readonly metricsToken?: string | undefined;
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
 * Starts one API process on loopback over the database that it opens.
 *
 * Rejects, in words, when the database is newer than the program or belongs to another server key.
 */
export async function startCentral(options: CentralOptions): Promise<RunningCentral> {
  const { central, close } = await openCentral(options);
  const mirrorWatch = await openMirrorWatch(options.databaseUrl);
  const calls: string[] = [];
  const app = await buildApp(central, mirrorWatch, options.logger, {
    onCall: (call) => calls.push(call),
    metricsToken: options.metricsToken,
  });
  const url = await app.listen({ host: '127.0.0.1', port: options.port });
  const component = { version: PROGRAM_VERSION, address: url };
  await recordCriticalEvent(central.database, {
    type: 'central.started',
    severity: 'INFO',
    description: 'an API process of the central has started',
    metadata: component,
  });
  const chores = {
    'fold-totals': () => foldTotals(central.database),
    'carry-on-closing': () => carryOnClosing(central),
    'judge-leftovers': () => judgeLeftovers(central),
    'end-left-sessions': () => endLeftSessions(central.database, central.now()),
    'forget-old-keys': () => forgetOldKeys(central.database, central.now()),
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
      await recordCriticalEvent(central.database, {
        type: 'central.stopped',
        severity: 'INFO',
        description: 'an API process of the central was stopped',
        metadata: component,
      });
      await mirrorWatch.close();
      await close();
    },
  };
}
