import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PEOPLE_ROUTES } from '#shared/contract/central/people/routes.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import { createEmptyDatabase } from '#test/helpers/central/test-database.ts';
import { createTestDevice } from '#test/helpers/central/test-device.ts';

const SERVER = new URL('../../src-central/server.ts', import.meta.url).pathname;

let folder: string;
const children: ChildProcessWithoutNullStreams[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-server-test-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [SERVER, ...args], {
    env: { ...process.env, HOME: folder, XDG_STATE_HOME: join(folder, 'state') },
  });
  children.push(child);
  // Read by some tests; drained in any case, so that a full pipe stops nothing.
  child.stderr.on('data', () => undefined);
  return child;
}

interface Ready {
  readonly ready: boolean;
  readonly url: string;
  readonly localIssuer?: string;
  readonly demo?: { readonly enrolmentCode: string; readonly fingerprint: string };
}

async function readyLine(child: ChildProcessWithoutNullStreams): Promise<Ready> {
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return JSON.parse(line) as Ready;
}

async function exitCode(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('the central as a process', () => {
  test('runs on a folder of its own: demo, clean stop, second start with the same data', async () => {
    const first = start('--data', folder, '--demo');
    const { url, demo } = await readyLine(first);
    expect(demo?.fingerprint).toMatch(/^([0-9a-f]{4}-){5}[0-9a-f]{4}$/);
    const device = createTestDevice(url);
    expect((await device.enrol(demo?.enrolmentCode ?? '')).status).toBe(200);
    expect((await device.signIn()).body).toMatchObject({ scope: 'full' });
    const { body } = await device.mirror();
    expect(body.mirror).toMatchObject({
      isDemo: true,
      raffleEvents: [{ state: 'active', packages: { length: 4 } }],
      operators: { length: 4 },
    });
    first.kill('SIGTERM');
    expect(await exitCode(first)).toBe(0);
    expect(existsSync(join(folder, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);

    const second = await readyLine(start('--data', folder, '--demo'));
    expect(second.demo?.fingerprint).toBe(demo?.fingerprint);
    const health = await fetch(second.url + CENTRAL_ROUTES.health);
    expect(await health.json()).toMatchObject({ status: 'up', epoch: 1 });
  });

  test('killed, it leaves no server behind and nothing that blocks the next start', async () => {
    const first = start('--data', folder);
    await readyLine(first);
    const pid = Number(
      readFileSync(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    first.kill('SIGKILL');
    await exitCode(first);
    await readyLine(start('--data', folder));
    expect(isRunning(pid)).toBe(false);
  });

  test('refuses a folder that another one uses', async () => {
    await readyLine(start('--data', folder));
    const second = start('--data', folder);
    const [text] = await Promise.all([allOf(second.stderr), exitCode(second)]);
    expect(text).toMatch(/is in use by process \d+/);
  });

  test('refuses data of another PostgreSQL version, in words, and leaves it alone', async () => {
    const first = start('--data', folder);
    await readyLine(first);
    first.kill('SIGTERM');
    await exitCode(first);
    const versionFile = join(folder, 'postgres', 'cluster', 'PG_VERSION');
    const version = readFileSync(versionFile, 'utf8');
    writeFileSync(versionFile, '12\n');
    const second = start('--data', folder);
    const [text, code] = await Promise.all([allOf(second.stderr), exitCode(second)]);
    expect({ text, code }).toEqual({
      text: expect.stringContaining('belongs to PostgreSQL 12'),
      code: 1,
    });
    writeFileSync(versionFile, version);
    await readyLine(start('--data', folder));
  });

  test('runs on a given database, with its key in the user’s state folder', async () => {
    const database = await createEmptyDatabase();
    const child = start('--database-url', database.url);
    const { url, demo } = await readyLine(child);
    expect([demo, (await fetch(url + CENTRAL_ROUTES.health)).status]).toEqual([undefined, 200]);
    expect(existsSync(join(folder, 'state', 'counterfoil', 'server.key'))).toBe(true);
    child.kill('SIGTERM');
    expect(await exitCode(child)).toBe(0);
    await database.drop();
  });

  test('with a local issuer, people of every role sign in', async () => {
    const { url, localIssuer } = await readyLine(start('--data', folder, '--local-issuer'));
    const signIn = async (username: string) => {
      const response = await fetch(`${localIssuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'password', username }),
      });
      const { access_token: token } = (await response.json()) as { access_token: string };
      return fetch(url + PEOPLE_ROUTES.me, { headers: { authorization: `Bearer ${token}` } });
    };
    expect(await (await signIn('platform')).json()).toMatchObject({
      logonName: 'platform',
      isPlatformAdministrator: true,
    });
    expect((await signIn('nobody')).status).toBe(401);
  });

  test('ends with its parent', async () => {
    const child = start('--data', folder, '--exit-with-parent');
    await readyLine(child);
    child.stdin.end();
    expect(await exitCode(child)).toBe(0);
  });

  test.each([
    [[]],
    [['--data', 'x', '--database-url', 'postgresql://x']],
    [['--database-url', 'http://x']],
    [['--database-url', 'postgresql://127.0.0.1/x', '--demo']],
    [['--data', 'x', '--port', '99999']],
    [['--database-url', 'postgresql://127.0.0.1/x', '--local-issuer']],
    [['--data', 'x', '--local-issuer', '--issuer', 'https://x', '--audience', 'x']],
    [['--data', 'x', '--issuer', 'https://x']],
    [['--database-url', 'postgresql://127.0.0.1/x', '--issuer', 'http://x', '--audience', 'x']],
    [['--nonsense']],
  ])('refuses %j with one line and exit code 2', async (args) => {
    const child = start(...args);
    const [text, code] = await Promise.all([allOf(child.stderr), exitCode(child)]);
    expect({ code, lines: text.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
  });
});

async function allOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
