import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '#central/development/embedded-postgres.ts';
import { queryDatabase } from '#test/helpers/central/test-database.ts';

const isRoot = userInfo().uid === 0;

let home: string;
let dataDirectory: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'counterfoil-closed-home-'));
  chmodSync(home, 0o700);
  dataDirectory = join(home, 'data');
  mkdirSync(dataDirectory);
});

afterEach(() => {
  const location = locationOf();
  if (location !== undefined) rmSync(location, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

/** Where the server's files are, if not in the data folder. */
function locationOf(): string | undefined {
  const pointer = join(dataDirectory, 'postgres-location');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : undefined;
}

test('keeps its data below a home that is closed to others, also as root, over two starts', async () => {
  const first = await startEmbeddedPostgres({ dataDirectory });
  await queryDatabase(first.url, 'CREATE TABLE kept AS SELECT 7 AS value');
  await first.stop();
  await first.stop();
  const second = await startEmbeddedPostgres({ dataDirectory });
  const kept = await queryDatabase(second.url, 'SELECT value FROM kept');
  const [locale] = await queryDatabase(
    second.url,
    `SELECT datlocprovider AS provider, datlocale AS locale, pg_encoding_to_char(encoding) AS encoding
     FROM pg_database WHERE datname = current_database()`,
  );
  await second.stop();
  expect({ kept, locale, isElsewhere: locationOf() !== undefined }).toEqual({
    kept: [{ value: 7 }],
    locale: { provider: 'i', locale: 'en-US', encoding: 'UTF8' },
    isElsewhere: isRoot,
  });
});

test('opens an empty folder of its own for passing through, and never a used one', async () => {
  chmodSync(home, 0o755);
  chmodSync(dataDirectory, 0o700);
  const server = await startEmbeddedPostgres({ dataDirectory });
  await server.stop();
  expect(existsSync(join(dataDirectory, 'postgres', 'cluster'))).toBe(true);

  const used = join(home, 'used');
  mkdirSync(used, { mode: 0o700 });
  writeFileSync(join(used, 'private'), '');
  const other = await startEmbeddedPostgres({ dataDirectory: used });
  await other.stop();
  const isElsewhere = existsSync(join(used, 'postgres-location'));
  if (isElsewhere) {
    rmSync(readFileSync(join(used, 'postgres-location'), 'utf8').trim(), { recursive: true });
  }
  expect(isElsewhere).toBe(isRoot);
});

test('needs the password', async () => {
  const server = await startEmbeddedPostgres({ dataDirectory });
  const url = new URL(server.url);
  url.password = 'wrong';
  await expect(queryDatabase(url.href, 'SELECT 1')).rejects.toThrow('password');
  await server.stop();
});

test('of two starts on the same data at once, one gets the server and the other is told', async () => {
  const starts = await Promise.allSettled([
    startEmbeddedPostgres({ dataDirectory }),
    startEmbeddedPostgres({ dataDirectory }),
  ]);
  const servers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const refusals = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason] : []));
  const answers = await Promise.allSettled(
    servers.map(({ url }) => queryDatabase(url, 'SELECT 1 AS one')),
  );
  for (const server of servers) await server.stop();
  expect({ answers, refusals }).toEqual({
    answers: [{ status: 'fulfilled', value: [{ one: 1 }] }],
    refusals: [expect.objectContaining({ message: expect.stringContaining('does not start') })],
  });
});
