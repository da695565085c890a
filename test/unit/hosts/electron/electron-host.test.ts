import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownArguments } from '#main/hosts/electron/own-arguments.ts';
import { isTrustedSender } from '#main/hosts/electron/sender-guard.ts';
import { answerTerminalRequest } from '#main/hosts/electron/terminal-scheme.ts';
import { windowOptions } from '#main/hosts/electron/window-options.ts';

describe('isTrustedSender', () => {
  const ours = { frameUrl: 'rsu://terminal/', isMainFrame: true, isOurWindow: true };

  test.each([
    [ours, true],
    [{ ...ours, frameUrl: 'rsu://terminal/index.html' }, true],
    [{ ...ours, isMainFrame: false }, false],
    [{ ...ours, isOurWindow: false }, false],
    [{ ...ours, frameUrl: undefined }, false],
    [{ ...ours, frameUrl: '' }, false],
    [{ ...ours, frameUrl: 'about:blank' }, false],
    [{ ...ours, frameUrl: 'rsu://terminal.example/' }, false],
    [{ ...ours, frameUrl: 'rsu://terminal@example/' }, false],
    [{ ...ours, frameUrl: 'https://terminal/' }, false],
  ])('%j: %s', (sender, isTrusted) => {
    expect(isTrustedSender(sender)).toBe(isTrusted);
  });
});

test('the window is a sandboxed page without Node, and has developer tools only when told so', () => {
  const wishes = { preloadPath: '/preload.cjs', isKiosk: true, hasDeveloperTools: false };
  expect(windowOptions(wishes)).toMatchObject({
    kiosk: true,
    webPreferences: {
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    },
  });
});

describe('ownArguments', () => {
  test.each([
    [['electron', 'main.js', '--data', 'x'], false, ['--data', 'x']],
    [['electron', '--no-sandbox', '--inspect=0', 'main.js', '--data', 'x'], false, ['--data', 'x']],
    [['electron'], false, []],
    [['counterfoil', '--data', 'x'], true, ['--data', 'x']],
    [['counterfoil', '--inspect=0', '--data', 'x'], true, ['--inspect=0', '--data', 'x']],
  ])('of %j, packaged %s: %j', (argv, isPackaged, own) => {
    expect(ownArguments({ argv, isPackaged })).toEqual(own);
  });
});

describe('the scheme of the till', () => {
  let renderer: string;

  beforeAll(async () => {
    renderer = await mkdtemp(join(tmpdir(), 'counterfoil-scheme-'));
    await writeFile(join(renderer, 'index.html'), '<!doctype html>');
  });

  afterAll(() => rm(renderer, { recursive: true, force: true }));

  async function answer(url: string, method = 'GET'): Promise<readonly [number, string]> {
    const response = await answerTerminalRequest({ url, method }, renderer);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'self'; /);
    return [response.status, await response.text()];
  }

  test('serves the renderer, and nothing else', async () => {
    expect(await answer('rsu://terminal/')).toEqual([200, '<!doctype html>']);
    expect(await answer('rsu://terminal/absent.js')).toEqual([404, '']);
    expect(await answer('rsu://terminal/..%2findex.html')).toEqual([404, '']);
    expect(await answer('rsu://other/')).toEqual([404, '']);
    expect(await answer('rsu://terminal/', 'POST')).toEqual([405, '']);
  });
});
