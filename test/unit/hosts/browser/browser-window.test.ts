import { describe, expect, test } from 'vitest';
import { afterBrowserExit } from '#main/hosts/browser/after-browser-exit.ts';
import { browserArguments } from '#main/hosts/browser/browser-arguments.ts';
import { usualBrowserPaths } from '#main/hosts/browser/find-browser.ts';

const WISHES = {
  link: 'http://127.0.0.1:4000/enter?token=t',
  profileDirectory: '/data/browser-profile',
  isKiosk: false,
  isSandboxed: true,
};

describe('browserArguments', () => {
  test('give the window an application frame, a profile of its own and the sandbox', () => {
    const given = browserArguments(WISHES);
    expect(given.at(-1)).toBe('--app=http://127.0.0.1:4000/enter?token=t');
    expect(given).toContain('--user-data-dir=/data/browser-profile');
    expect(given).toEqual(
      expect.arrayContaining(['--no-first-run', '--disable-extensions', '--disable-translate']),
    );
    expect(given.filter((argument) => /kiosk|sandbox|debugging/.test(argument))).toEqual([]);
  });

  test('leave the sandbox and fill the display only when asked to', () => {
    const given = browserArguments({ ...WISHES, isKiosk: true, isSandboxed: false });
    expect(given.filter((argument) => /kiosk|sandbox/.test(argument))).toEqual([
      '--kiosk',
      '--no-sandbox',
    ]);
  });
});

describe('afterBrowserExit', () => {
  test.each([
    [{ code: 0, ranForMs: 60_000, isKiosk: false }, 'closed'],
    [{ code: 0, ranForMs: 60_000, isKiosk: true }, 'died'],
    [{ code: 0, ranForMs: 4_999, isKiosk: false }, 'handed-over'],
    [{ code: 0, ranForMs: 4_999, isKiosk: true }, 'handed-over'],
    [{ code: 1, ranForMs: 10, isKiosk: false }, 'died'],
    [{ code: null, ranForMs: 60_000, isKiosk: false }, 'died'],
  ])('%j: %s', (exit, fate) => {
    expect(afterBrowserExit(exit)).toBe(fate);
  });
});

describe('usualBrowserPaths', () => {
  test('prefers Chromium, then Chrome, then Edge, wherever they are on the path', () => {
    expect(usualBrowserPaths({ platform: 'linux', environment: { PATH: '/a::/b' } })).toEqual([
      '/a/chromium',
      '/b/chromium',
      '/a/chromium-browser',
      '/b/chromium-browser',
      '/a/google-chrome-stable',
      '/b/google-chrome-stable',
      '/a/google-chrome',
      '/b/google-chrome',
      '/a/microsoft-edge-stable',
      '/b/microsoft-edge-stable',
      '/a/microsoft-edge',
      '/b/microsoft-edge',
    ]);
  });

  test('looks in the program folders of Windows and macOS', () => {
    const windows = usualBrowserPaths({ platform: 'win32', environment: { PROGRAMFILES: 'P' } });
    const mac = usualBrowserPaths({ platform: 'darwin', environment: {} });
    expect([windows.length, windows[0], mac[0]]).toEqual([
      3,
      expect.stringMatching(/^P.Google.Chrome.Application.chrome\.exe$/),
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ]);
  });
});
