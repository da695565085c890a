import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '#central/db/migrate.ts';
import { startEmbeddedPostgres } from '#central/development/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A connection string of the run's database server. */
    databaseServerUrl: string;
  }
}

/** The migrated database that every test's own database is a copy of. */
export const TEMPLATE_DATABASE = 'counterfoil_template';

/**
 * Vitest's global set-up of the projects that need PostgreSQL: one server for the whole run.
 *
 * It flushes nothing to disk: its data goes when the run does.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'counterfoil-central-test-'));
  const server = await startEmbeddedPostgres({
    dataDirectory,
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '300',
    },
  });
  await createTemplate(server.url);
  project.provide('databaseServerUrl', server.url);
  return async () => {
    await server.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  };
}

async function createTemplate(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = TEMPLATE_DATABASE;
  await migrate(url.href);
}
