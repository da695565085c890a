import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterFolder, initialiseCluster, openClusterFolder } from './cluster-folder.ts';
import { chooseDatabaseUser, type DatabaseUser, spawnOptionsFor } from './database-user.ts';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { clearTheWay, readPostmasterFile, recordOwner, runningServerPort } from './postmaster.ts';

const START_TIMEOUT_MS = 60_000;
const START_ATTEMPTS = 3;
const POLL_MS = 10;

/**
 * Runs the server and stops it as soon as the standard input ends, which the system makes happen
 * however this process ends: a killed central leaves no server behind.
 */
const GUARD = `
trap '' INT TERM HUP
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -INT "$server"; } &
watcher=$!
exec 3<&-
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

/** What to run. */
export interface EmbeddedPostgresOptions {
  /** Where the data is kept; created if missing. */
  readonly dataDirectory: string;
  /** Server settings beyond the defaults, such as `fsync`, which tests switch off. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Another installation than the one that npm brought, which tests run on. */
  readonly binaries?: PostgresBinaries;
}

/** A running server. */
export interface EmbeddedPostgres {
  /** A connection string with the password in it: never log it. */
  readonly url: string;
  /** Ends the server and waits until its data is closed. A second call does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL for development, demonstrations and tests, on loopback and a free port.
 *
 * Runs as root too, then under an unprivileged user. Rejects, in words, when the data belongs to
 * another major version or to another running program, and when the server does not start.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') {
    throw new Error('The built-in PostgreSQL runs on Linux and macOS. Give a --database-url.');
  }
  const user = chooseDatabaseUser();
  const binaries = options.binaries ?? findPostgresBinaries(user);
  const cluster = openClusterFolder(options.dataDirectory, user);
  await clearTheWay(cluster);
  initialiseCluster(cluster, binaries, user);
  const server = await startServer(binaries.postgres, cluster, user, options.settings ?? {});
  recordOwner(cluster);
  return { url: urlOf(cluster, server.port), stop: () => stopServer(server.guard) };
}

/**
 * The server that another program runs on this data, or else one of our own; `stop` ends only ours.
 */
export async function joinEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const cluster = openClusterFolder(options.dataDirectory, chooseDatabaseUser());
  const port = runningServerPort(cluster);
  return port === undefined
    ? startEmbeddedPostgres(options)
    : { url: urlOf(cluster, port), stop: async () => undefined };
}

function urlOf({ password }: ClusterFolder, port: number): string {
  return `postgresql://counterfoil:${password}@127.0.0.1:${port}/postgres`;
}

interface RunningServer {
  readonly guard: ChildProcess;
  readonly port: number;
}

/** A port found free may be taken a moment later, so a failed start is tried on another one. */
async function startServer(
  postgres: string,
  cluster: ClusterFolder,
  user: DatabaseUser,
  settings: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const port = await freePort();
    const guard = launch(postgres, cluster, user, { ...settings, port: String(port) });
    if (await becomesReady(guard, cluster, port)) return { guard, port };
    await stopServer(guard);
  }
  throw new Error(`PostgreSQL does not start. ${lastLines(cluster.log)}`);
}

function launch(
  postgres: string,
  cluster: ClusterFolder,
  user: DatabaseUser,
  settings: Readonly<Record<string, string>>,
): ChildProcess {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(cluster.log, 'a', 0o600);
  const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', postgres, '-D', cluster.data, ...flags], {
    ...spawnOptionsFor(user),
    stdio: ['pipe', log, log],
    // A session of its own: Ctrl-C in the terminal must not end the database before its users.
    detached: true,
  });
  closeSync(log);
  guard.stdin?.on('error', () => undefined);
  return guard;
}

/** Whether it is this server that runs on the data: another start may have come first. */
async function becomesReady(
  guard: ChildProcess,
  cluster: ClusterFolder,
  port: number,
): Promise<boolean> {
  for (let waited = 0; waited < START_TIMEOUT_MS; waited += POLL_MS) {
    if (hasEnded(guard)) return false;
    const running = readPostmasterFile(cluster);
    if (running?.isReady === true && running.port === port) return true;
    await sleep(POLL_MS);
  }
  return false;
}

async function stopServer(guard: ChildProcess): Promise<void> {
  const ended = hasEnded(guard) ? undefined : once(guard, 'exit');
  guard.stdin?.destroy();
  await ended;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}
