import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '#main/hosts/browser/find-browser.ts';
import { type EchoRenderer, writeEchoRenderer } from './fixtures/echo-renderer.ts';
import { startBrowserHostProgram } from './fixtures/host-program.ts';
import { enter, openScreen } from './fixtures/http-client.ts';

const LINK = /^http:\/\/127\.0\.0\.1:\d+\/enter\?token=[A-Za-z0-9_-]{43}$/;
const READY = { ready: true, url: expect.stringMatching(LINK) };

let renderer: EchoRenderer;
let folder: string;

beforeAll(async () => {
  renderer = await writeEchoRenderer();
  folder = await mkdtemp(join(tmpdir(), 'counterfoil-browser-program-'));
});

afterAll(async () => {
  await renderer.remove();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

function served(...more: readonly string[]): readonly string[] {
  return ['--data', join(folder, 'data'), '--renderer', renderer.directory, ...more];
}

/** A script in place of a browser. It is called with the arguments that a browser would get. */
async function browserScript(name: string, lines: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  await chmod(path, 0o755);
  return path;
}

function urlIn(line: unknown): string {
  if (typeof line !== 'object' || line === null) throw new Error('not a JSON object');
  const { url, link } = line as { readonly url?: string; readonly link?: string };
  return url ?? link ?? '';
}

describe('the browser host as a program, where Electron cannot be found', () => {
  test('says once that it is ready, serves the till, and stops on SIGTERM', async () => {
    const host = startBrowserHostProgram(served('--no-launch'));
    const url = urlIn(await host.nextLine());
    const cookie = await enter(url);
    const { origin } = new URL(url);
    const screen = await openScreen(origin, { origin, cookie });
    const request = { kind: 'request', id: 1, operation: 'echo', input: 'hello' };
    expect(await screen.ask(request)).toMatchObject({ outcome: { ok: true, value: 'hello' } });
    host.signal('SIGTERM');
    expect(await screen.closed).toEqual({ code: 1001, reason: 'till.stopped' });
    expect(await host.ended).toEqual({ code: 0, lines: [READY], errors: '' });
  });

  test('prints a fresh link for each line that asks for one', async () => {
    const host = startBrowserHostProgram(served('--no-launch'));
    const first = urlIn(await host.nextLine());
    host.write('link');
    const answer = await host.nextLine();
    expect(answer).toEqual({ link: expect.stringMatching(LINK), expiresInMinutes: 15 });
    expect(urlIn(answer)).not.toBe(first);
    await enter(urlIn(answer));
    host.signal('SIGINT');
    expect((await host.ended).code).toBe(0);
  });

  test('ends with its launcher when told to, and only then', async () => {
    const [bound, free] = [
      startBrowserHostProgram(served('--no-launch', '--exit-with-parent')),
      startBrowserHostProgram(served('--no-launch')),
    ];
    const url = urlIn((await Promise.all([bound.nextLine(), free.nextLine()]))[1]);
    bound.closeInput();
    free.closeInput();
    expect((await bound.ended).code).toBe(0);
    await enter(url);
    free.signal('SIGTERM');
    expect((await free.ended).code).toBe(0);
  });

  test.each([
    [['--no-launch'], '--data DIRECTORY is missing'],
    [['--data', 'x', '--frobnicate'], "Unknown option '--frobnicate'"],
    [['--data', 'x', 'y'], "Unexpected argument 'y'"],
    [['--data', 'x', '--central', 'nowhere'], 'nowhere is not an address of a central.'],
    [
      ['--data', 'x', '--demo'],
      '--demo, --demo-enrolment CODE and --demo-fingerprint FINGERPRINT belong together',
    ],
  ])('refuses %j with one line and code 2', async (args, line) => {
    const host = startBrowserHostProgram(args);
    expect(await host.ended).toEqual({
      code: 2,
      lines: [],
      errors: expect.stringMatching(new RegExp(`^${line}[^\\n]*\\n$`)),
    });
  });
});

describe('the browser that the host opens', () => {
  test('shows the till', async () => {
    const installed =
      process.env['COUNTERFOIL_BROWSER'] ??
      findBrowser({ platform: process.platform, environment: process.env });
    const path = await browserScript('chromium-without-display', [
      `exec '${installed}' --headless --remote-debugging-port=0 "$@"`,
    ]);
    const host = startBrowserHostProgram(served('--browser', path, '--browser-no-sandbox'));
    const { origin } = new URL(urlIn(await host.nextLine()));
    const endpoint = await devToolsEndpoint(join(folder, 'data', 'browser-profile'));
    const browser = await chromium.connectOverCDP(endpoint);
    const [context] = browser.contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    await page?.getByText('answered hello').waitFor();
    expect(page?.url()).toBe(`${origin}/`);
    await browser.close();
    host.signal('SIGTERM');
    expect(await host.ended).toEqual({ code: 0, lines: [READY], errors: '' });
  });

  test('is started again when it dies, three times, and then a link is printed', async () => {
    const starts = join(folder, 'starts');
    const path = await browserScript('dying', [`echo "$@" >> '${starts}'`, 'exit 1']);
    const host = startBrowserHostProgram(served('--browser', path, '--kiosk'));
    await host.nextLine();
    await expect.poll(() => linesOf(starts)).toHaveLength(4);
    const links = (await linesOf(starts)).map((line) => /--app=(\S+)/.exec(line)?.[1]);
    expect(new Set(links).size).toBe(4);
    host.signal('SIGTERM');
    expect(await host.ended).toEqual({
      code: 0,
      lines: [READY],
      errors: expect.stringMatching(/^The browser ended again and again .* Open http:\S+\n$/),
    });
  });
});

/** The DevTools address of a browser that is just starting with this profile. */
async function devToolsEndpoint(profile: string): Promise<string> {
  const read = (): Promise<string> =>
    readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
  await expect.poll(read, { timeout: 20_000 }).toMatch(/^\d+\n/);
  return `http://127.0.0.1:${(await read()).split('\n')[0]}`;
}

async function linesOf(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}
