import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { canReach, type DatabaseUser, spawnOptionsFor } from './database-user.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { systemFolder } from './system-folder.ts';

/** The permission for everybody to go through a folder, without seeing what is in it. */
const PASS_THROUGH = 0o011;

/** The folder of one embedded server: its data, its password and its log. */
export interface ClusterFolder {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly password: string;
}

/**
 * The server's folder for `dataDirectory`, created on first use.
 *
 * It is `dataDirectory/postgres`, unless the database user cannot reach that: then it lies in the
 * system folder, and `dataDirectory/postgres-location` names it.
 */
export function openClusterFolder(dataDirectory: string, user: DatabaseUser): ClusterFolder {
  mkdirSync(dataDirectory, { recursive: true });
  const folder = locate(realpathSync(dataDirectory), user);
  return {
    folder,
    data: join(folder, 'cluster'),
    log: join(folder, 'server.log'),
    password: passwordIn(folder, user),
  };
}

/**
 * Fills a new data folder, or checks an old one. Refuses, in words, data of another major version.
 *
 * A new one is made aside and renamed at the end, so that a run killed half way leaves nothing
 * that looks like data. The locale is ICU's `en-US`: a bare Debian has no other English one.
 */
export function initialiseCluster(
  cluster: ClusterFolder,
  binaries: PostgresBinaries,
  user: DatabaseUser,
): void {
  if (existsSync(cluster.data)) {
    assertSameMajorVersion(cluster, binaries);
    return;
  }
  const unfinished = `${cluster.data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const run = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${unfinished}`,
      '--username=counterfoil',
      `--pwfile=${passwordFile(cluster.folder)}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=en-US',
    ],
    { ...spawnOptionsFor(user), encoding: 'utf8' },
  );
  if (run.status !== 0) {
    throw new Error(`PostgreSQL could not create its data folder: ${run.stderr.trim()}`);
  }
  renameSync(unfinished, cluster.data);
}

function locate(dataDirectory: string, user: DatabaseUser): string {
  const pointer = join(dataDirectory, 'postgres-location');
  const nearby = join(dataDirectory, 'postgres');
  if (existsSync(pointer)) return owned(readFileSync(pointer, 'utf8').trim(), user);
  if (existsSync(nearby) || makesWay(dataDirectory, user)) return owned(nearby, user);
  const elsewhere = join(systemFolder(), `central-${randomUUID()}`);
  writeFileSync(pointer, `${elsewhere}\n`, { flush: true });
  return owned(elsewhere, user);
}

/**
 * Whether the database user can pass through the folder. An empty one was made for us, so it may be
 * opened for passing through, not for reading; nobody's used folder is ever opened.
 */
function makesWay(dataDirectory: string, user: DatabaseUser): boolean {
  if (canReach(user, dataDirectory)) return true;
  if (readdirSync(dataDirectory).length > 0) return false;
  chmodSync(dataDirectory, statSync(dataDirectory).mode | PASS_THROUGH);
  return canReach(user, dataDirectory);
}

function owned(folder: string, user: DatabaseUser): string {
  if (existsSync(folder)) return folder;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  give(folder, user);
  return folder;
}

function passwordIn(folder: string, user: DatabaseUser): string {
  const path = passwordFile(folder);
  if (!existsSync(path)) {
    writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600, flush: true });
    give(path, user);
  }
  return readFileSync(path, 'utf8');
}

function passwordFile(folder: string): string {
  return join(folder, 'password');
}

function give(path: string, user: DatabaseUser): void {
  if (user.kind === 'unprivileged') chownSync(path, user.uid, user.gid);
}

function assertSameMajorVersion(cluster: ClusterFolder, binaries: PostgresBinaries): void {
  const found = readFileSync(join(cluster.data, 'PG_VERSION'), 'utf8').trim();
  if (found === binaries.majorVersion) return;
  throw new Error(
    `The data in ${cluster.data} belongs to PostgreSQL ${found}, and this program brings PostgreSQL ${binaries.majorVersion}. Nothing was changed. Move the data with pg_dump and pg_restore, or start with the earlier program.`,
  );
}
