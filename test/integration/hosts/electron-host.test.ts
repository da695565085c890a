import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type RunningStandIn,
  startElectronStandIn,
} from '#test/helpers/electron-stand-in/start-electron-stand-in.ts';
import { type EchoRenderer, writeEchoRenderer } from './fixtures/echo-renderer.ts';

const START_TERMINAL = new URL('./fixtures/echo-start-terminal.ts', import.meta.url).href;

let renderer: EchoRenderer;
let dataDirectory: string;
let till: RunningStandIn;

beforeAll(async () => {
  renderer = await writeEchoRenderer();
  dataDirectory = await mkdtemp(join(tmpdir(), 'counterfoil-data-'));
  till = await startElectronStandIn({
    args: ['--data', dataDirectory, '--renderer', renderer.directory],
    replacedModules: { '#main/terminal/start-terminal.ts': START_TERMINAL },
    isPreloadInSubframes: true,
  });
});

afterAll(async () => {
  await till.kill();
  await renderer.remove();
  await rm(dataDirectory, { recursive: true, force: true });
});

describe('the bridge', () => {
  test('carries a request and its reply', async () => {
    await till.page.getByText('answered hello').waitFor();
    const reply = await till.page.evaluate(
      `counterfoil.request({ kind: 'request', id: 3, operation: 'echo', input: ['a', { b: null }] })`,
    );
    expect(reply).toEqual({
      kind: 'reply',
      id: 3,
      outcome: { ok: true, value: ['a', { b: null }] },
    });
  });

  test('hands events on in order, until they are not wanted any more', async () => {
    const seen = await till.page.evaluate(`(async () => {
      const seen = [];
      const announce = (input) =>
        counterfoil.request({ kind: 'request', id: 1, operation: 'announce', input });
      const stop = counterfoil.onEvent((event) => seen.push(event));
      await announce([1, 2, 3]);
      stop();
      await announce([4]);
      return seen;
    })()`);
    expect(seen).toEqual(
      [1, 2, 3].map((payload) => ({ kind: 'event', name: 'echo.announced', payload })),
    );
  });

  test('is two functions, and nothing of Node or Electron is within reach', async () => {
    const reach = await till.page.evaluate(`({
      bridge: Object.keys(counterfoil),
      isFrozen: Object.isFrozen(counterfoil),
      globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer']
        .filter((name) => name in globalThis),
    })`);
    expect(reach).toEqual({ bridge: ['request', 'onEvent'], isFrozen: true, globals: [] });
  });

  test('answers a sub frame with a refusal', async () => {
    const reply = await till.page.evaluate(`(async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const { counterfoil } = frame.contentWindow;
      const request = { kind: 'request', id: 9, operation: 'echo', input: 1 };
      const reply = await counterfoil.request(request);
      frame.remove();
      return reply;
    })()`);
    expect(reply).toEqual({
      kind: 'reply',
      id: 9,
      outcome: { ok: false, failure: { code: 'caller.untrusted', detail: {} } },
    });
  });
});

describe('the page', () => {
  test('is served under a closed policy, and not kept', async () => {
    const headers = await till.page.evaluate(
      `fetch('/').then(({ headers }) => Object.fromEntries(headers))`,
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'self'; connect-src 'self'; object-src 'none'; frame-src 'none'; worker-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
  });

  test('cannot run a script that is written into it', async () => {
    const hasRun = await till.page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.wasInjected = true';
      document.head.append(script);
      return 'wasInjected' in globalThis;
    })()`);
    expect(hasRun).toBe(false);
  });

  test('is not found outside the renderer', async () => {
    const statuses = await till.page.evaluate(
      `Promise.all(['/nothing.js', '/..%2fpage.js', '/.hidden.js'].map((path) => fetch(path).then(({ status }) => status)))`,
    );
    expect(statuses).toEqual([404, 404, 404]);
  });

  test.each([
    `location.href = 'https://example.com/'`,
    `location.href = '/page.js'`,
    `location.assign(location.origin + '/?other')`,
  ])('does not go away: %s', async (script) => {
    await till.page.evaluate(script);
    await till.page.waitForTimeout(150);
    expect(await till.page.getByRole('heading').textContent()).toBe('Echo');
  });

  test('opens no window', async () => {
    const { page } = till;
    const before = page.context().pages().length;
    const popup = page.context().waitForEvent('page');
    await page.evaluate(`void window.open('about:blank')`);
    const opened = await popup;
    if (!opened.isClosed()) await opened.waitForEvent('close');
    expect(page.context().pages().length).toBe(before);
  });

  test('is granted no permission', async () => {
    const states = await till.page.evaluate(`Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone', 'midi'].map((name) =>
        navigator.permissions.query({ name }).then(({ state }) => name + ' ' + state)),
    )`);
    expect(states).toEqual(
      ['geolocation', 'notifications', 'camera', 'microphone', 'midi'].map(
        (name) => `${name} denied`,
      ),
    );
  });

  test('saves no file', async () => {
    const { page } = till;
    const begun = page.waitForEvent('download');
    await page.evaluate(`(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([new Uint8Array(134_217_728)]));
      link.download = 'x.bin';
      link.click();
    })()`);
    expect(await (await begun).failure()).toBe('canceled');
  });

  test('may load itself again', async () => {
    await till.page.evaluate('location.reload()');
    await till.page.getByText('answered hello').waitFor();
  });
});

describe('the program', () => {
  test('opens one window for one set of data', async () => {
    const second = startElectronStandIn({
      args: ['--data', dataDirectory, '--renderer', renderer.directory],
      replacedModules: { '#main/terminal/start-terminal.ts': START_TERMINAL },
    });
    await expect(second).rejects.toThrow('The till is already open on this data');
  });

  test.each([
    [['--frobnicate'], "Unknown option '--frobnicate'"],
    [['--data', '/dev/null/till'], '/dev/null/till/electron-profile cannot be made: [^\n]+'],
    [['--central', 'nowhere'], 'nowhere is not an address of a central\\.'],
  ])('refuses %j with one line and code 2', async (args, line) => {
    const start = startElectronStandIn({
      args: ['--data', join(dataDirectory, 'other'), ...args],
      replacedModules: { '#main/terminal/start-terminal.ts': START_TERMINAL },
    });
    await expect(start).rejects.toThrow(new RegExp(`ended with code 2:\n${line}\n$`));
  });

  test('stops when it is asked to', async () => {
    expect(await till.stop()).toBe(0);
  });
});
