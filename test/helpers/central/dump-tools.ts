import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '#central/db/migrate.ts';
import type { PostgresBinaries } from '#central/development/postgres-binaries.ts';
import { queryDatabase } from './test-database.ts';

/** How a test takes a dump of a database and brings it back, and the server on which it can. */
export interface DumpTools {
  readonly name: string;
  /** The server's programs; undefined for those that npm brought. */
  readonly binaries: PostgresBinaries | undefined;
  /** Writes all of a database to `path`. */
  dump(databaseUrl: string, path: string): Promise<void>;
  /** Brings a dump back into an empty database, of another server if need be. */
  restore(path: string, databaseUrl: string): Promise<void>;
}

const INSTALLATIONS = '/usr/lib/postgresql';

/**
 * The computer's own PostgreSQL with its `pg_dump`, where it has one of version 15 or newer. Otherwise
 * the server that npm brought, which comes without `pg_dump`: its tables are copied one by one.
 */
export function findDumpTools(): DumpTools {
  const folder = newestInstallation();
  return folder === undefined ? COPY_TABLES : pgDump(folder);
}

function newestInstallation(): string | undefined {
  if (!existsSync(INSTALLATIONS)) return undefined;
  return readdirSync(INSTALLATIONS)
    .filter((version) => Number(version) >= 15)
    .sort((left, right) => Number(right) - Number(left))
    .map((version) => join(INSTALLATIONS, version, 'bin'))
    .find((bin) =>
      ['initdb', 'postgres', 'pg_dump', 'psql'].every((name) => existsSync(join(bin, name))),
    );
}

function pgDump(bin: string): DumpTools {
  const majorVersion = /(\d+)\/bin$/.exec(bin)?.[1] ?? '';
  return {
    name: `pg_dump ${majorVersion}`,
    binaries: { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), majorVersion },
    async dump(databaseUrl, path) {
      run(join(bin, 'pg_dump'), ['--no-owner', `--file=${path}`, databaseUrl]);
    },
    async restore(path, databaseUrl) {
      run(join(bin, 'psql'), ['--quiet', '--set=ON_ERROR_STOP=1', `--file=${path}`, databaseUrl]);
    },
  };
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr.slice(0, 2_000)}`);
}

const TABLES = `SELECT table_name AS name FROM information_schema.tables
  WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
const SEQUENCES = `SELECT sequencename AS name, last_value AS value FROM pg_sequences
  WHERE schemaname = 'public' AND last_value IS NOT NULL`;

/** The servers write and read the files themselves, below a folder that both can use. */
const COPY_TABLES: DumpTools = {
  name: 'COPY of each table',
  binaries: undefined,
  async dump(databaseUrl, path) {
    const copies = (await queryDatabase(databaseUrl, TABLES)).map(
      ({ name }) => `COPY "${name}" TO '${path}.${name}';`,
    );
    // All tables as they were at one moment: tills go on writing.
    await queryDatabase(
      databaseUrl,
      `BEGIN ISOLATION LEVEL REPEATABLE READ;
       ${copies.join('\n')}
       COPY (${SEQUENCES}) TO '${path}.sequences';
       COMMIT;`,
    );
  },
  async restore(path, databaseUrl) {
    await migrate(databaseUrl);
    const names = (await queryDatabase(databaseUrl, TABLES)).map(({ name }) => `"${name}"`);
    const copies = names.map((name) => `COPY ${name} FROM '${path}.${name.slice(1, -1)}';`);
    await queryDatabase(
      databaseUrl,
      `SET session_replication_role = replica;
       TRUNCATE ${names.join(', ')};
       ${copies.join('\n')}
       CREATE TEMPORARY TABLE kept_sequences (name TEXT, value BIGINT);
       COPY kept_sequences FROM '${path}.sequences';
       SELECT setval(quote_ident(name), value) FROM kept_sequences;`,
    );
  },
};
