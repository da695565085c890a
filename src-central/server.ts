import { once } from 'node:events';
import process from 'node:process';
import { pino } from 'pino';
import { startEmbeddedPostgres } from './development/embedded-postgres.ts';
import { type DemoInvitation, loadDemo } from './development/load-demo.ts';
import { type LocalIssuer, localSubject, startLocalIssuer } from './development/local-issuer.ts';
import { readMetricsToken } from './modules/metrics/metrics-token.ts';
import { openServerKey } from './open-server-key.ts';
import { type CentralArguments, readCentralArguments } from './read-arguments.ts';
import { type RunningCentral, startCentral } from './start-central.ts';

const BAD_ARGUMENTS = 2;

await main();

/** Runs the central until it is told to stop. Standard output carries exactly one line of JSON. */
async function main(): Promise<void> {
  const read = readCentralArguments(process.argv.slice(2));
  if (!read.ok) {
    endWith(BAD_ARGUMENTS, read.failure);
    return;
  }
  const told = untilToldToStop(read.value.exitsWithParent);
  try {
    const stop = await start(read.value);
    await told;
    await stop();
    process.exit(0);
  } catch (error) {
    endWith(1, error instanceof Error ? error.message : String(error));
  }
}

async function start(given: CentralArguments): Promise<() => Promise<void>> {
  const { store } = given;
  const { databaseUrl, close } = await openStore(store);
  const issuer =
    store.kind === 'embedded' && store.hasLocalIssuer ? await startLocalIssuer() : undefined;
  const closeAll = async () => {
    await issuer?.close();
    await close();
  };
  const running = await startOrClose(given, databaseUrl, issuer, closeAll);
  const demo = await invite(store, running);
  process.stdout.write(
    `${JSON.stringify({
      ready: true,
      url: running.url,
      ...(issuer === undefined ? {} : { localIssuer: issuer.issuer }),
      ...(demo === undefined ? {} : { demo }),
    })}\n`,
  );
  return async () => {
    await running.stop();
    await closeAll();
  };
}

async function startOrClose(
  { store, port, peopleIssuer, platformAdministrators }: CentralArguments,
  databaseUrl: string,
  localIssuer: LocalIssuer | undefined,
  close: () => Promise<void>,
): Promise<RunningCentral> {
  try {
    return await startCentral({
      databaseUrl,
      serverKey: openServerKey(store),
      isDemo: store.kind === 'embedded' && store.isDemo,
      port,
      metricsToken: readMetricsToken(process.env['COUNTERFOIL_METRICS_TOKEN']),
      peopleIssuer: localIssuer ?? peopleIssuer,
      platformAdministrators:
        localIssuer === undefined
          ? platformAdministrators
          : [...platformAdministrators, localSubject('platform')],
      logger: pino(
        { level: 'info', redact: ['req.headers.authorization'] },
        pino.destination({ dest: 2, sync: true }),
      ),
    });
  } catch (error) {
    await close();
    throw error;
  }
}

async function invite(
  store: CentralArguments['store'],
  { central }: RunningCentral,
): Promise<DemoInvitation | undefined> {
  return store.kind === 'embedded' && store.isDemo ? loadDemo(central, store) : undefined;
}

async function openStore(
  store: CentralArguments['store'],
): Promise<{ readonly databaseUrl: string; readonly close: () => Promise<void> }> {
  if (store.kind === 'external') {
    return { databaseUrl: store.databaseUrl, close: async () => undefined };
  }
  const postgres = await startEmbeddedPostgres({ dataDirectory: store.dataDirectory });
  return { databaseUrl: postgres.url, close: () => postgres.stop() };
}

async function untilToldToStop(exitsWithParent: boolean): Promise<void> {
  const ways = [once(process, 'SIGTERM'), once(process, 'SIGINT')];
  if (exitsWithParent) ways.push(once(process.stdin.resume(), 'end'));
  await Promise.race(ways);
}

function endWith(code: number, line: string): void {
  process.stderr.write(`central: ${line}\n`);
  process.exit(code);
}
