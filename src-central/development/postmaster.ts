import {
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterFolder } from './cluster-folder.ts';

const POLL_MS = 25;
const STOP_TIMEOUT_MS = 20_000;

/** What a running server writes about itself into `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** Reads `postmaster.pid`; `undefined` while there is none, or only the beginning of one. */
export function readPostmasterFile(cluster: ClusterFolder): PostmasterFile | undefined {
  try {
    const lines = readFileSync(postmasterFile(cluster), 'utf8').split('\n');
    return {
      pid: Number(lines[0]),
      port: Number(lines[3]),
      isReady: lines[7]?.trim() === 'ready',
    };
  } catch {
    return undefined;
  }
}

/** Records that this process is the one that uses the server. */
export function recordOwner(cluster: ClusterFolder): void {
  writeFileSync(ownerFile(cluster), `${process.pid} ${startTimeOf(process.pid)}`);
}

/** The port of the server that somebody runs on this data; `undefined` while nobody does. */
export function runningServerPort(cluster: ClusterFolder): number | undefined {
  const running = readPostmasterFile(cluster);
  const isUsed = running?.isReady === true && isServer(running.pid, cluster);
  return isUsed && livingOwner(cluster) !== undefined ? running.port : undefined;
}

/**
 * Makes way for a new server on the same data.
 *
 * A server whose owner is gone (killed, or lost in a crash of the machine) is stopped, and a
 * `postmaster.pid` without a server is removed. Refuses, in words, when the owner is alive: two
 * programs never share a data folder.
 */
export async function clearTheWay(cluster: ClusterFolder): Promise<void> {
  const running = readPostmasterFile(cluster);
  if (running === undefined) return;
  if (isServer(running.pid, cluster)) {
    const owner = livingOwner(cluster);
    if (owner !== undefined) {
      throw new Error(
        `The data in ${cluster.folder} is in use by process ${owner}. Stop that first, or give another folder with --data.`,
      );
    }
    signal(running.pid, 'SIGINT');
  }
  await allGone(cluster, running.pid);
  rmSync(postmasterFile(cluster), { force: true });
}

async function allGone(cluster: ClusterFolder, pid: number): Promise<void> {
  for (let waited = 0; waited < STOP_TIMEOUT_MS; waited += POLL_MS) {
    if (!isServer(pid, cluster) && serverProcesses(cluster).length === 0) return;
    await sleep(POLL_MS);
  }
  throw new Error(
    `An earlier database server on ${cluster.folder} (process ${pid}) does not stop.`,
  );
}

/** Every process of a server works in its data folder; seen on Linux only. */
function serverProcesses(cluster: ClusterFolder): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && worksIn(pid, cluster));
}

function isServer(pid: number, cluster: ClusterFolder): boolean {
  return process.platform === 'linux' ? worksIn(pid, cluster) : signal(pid, 0);
}

function worksIn(pid: number, cluster: ClusterFolder): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster.data);
  } catch {
    return false;
  }
}

function livingOwner(cluster: ClusterFolder): number | undefined {
  try {
    const [pid = '', startTime] = readFileSync(ownerFile(cluster), 'utf8').split(' ');
    if (!signal(Number(pid), 0)) return undefined;
    return startTimeOf(Number(pid)) === startTime ? Number(pid) : undefined;
  } catch {
    return undefined;
  }
}

/** Tells a process from a later one that got the same number; empty where the system does not say. */
function startTimeOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
  return afterName.split(' ')[19] ?? '';
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

function postmasterFile(cluster: ClusterFolder): string {
  return join(cluster.data, 'postmaster.pid');
}

function ownerFile(cluster: ClusterFolder): string {
  return join(cluster.folder, 'owner');
}
