import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUILT_PRELOAD, BUILT_RENDERER } from '#main/hosts/shared/program-places.ts';
import { readHostArguments } from '#main/hosts/shared/read-host-arguments.ts';

describe('readHostArguments', () => {
  test('needs only the folder of the data', () => {
    expect(readHostArguments(['--data', 'till'])).toEqual({
      ok: true,
      value: {
        dataDirectory: resolve('till'),
        centralUrl: undefined,
        demo: undefined,
        rendererDirectory: BUILT_RENDERER,
        preloadPath: BUILT_PRELOAD,
        isKiosk: false,
        exitsWithParent: false,
        browser: { isSandboxed: true },
      },
    });
  });

  test('takes everything that a launcher says', () => {
    const argv = [
      ...['--data', '/till', '--central', 'http://127.0.0.1:1', '--renderer', '/screen'],
      ...['--preload', '/preload.cjs', '--demo', '--demo-enrolment', 'ABCD'],
      ...['--demo-fingerprint', 'ff', '--kiosk', '--exit-with-parent'],
      ...['--browser', '/usr/bin/chromium', '--browser-no-sandbox'],
    ];
    expect(readHostArguments(argv)).toEqual({
      ok: true,
      value: {
        dataDirectory: resolve('/till'),
        centralUrl: 'http://127.0.0.1:1',
        demo: { code: 'ABCD', fingerprint: 'ff' },
        rendererDirectory: resolve('/screen'),
        preloadPath: resolve('/preload.cjs'),
        isKiosk: true,
        exitsWithParent: true,
        browser: { path: resolve('/usr/bin/chromium'), isSandboxed: false },
      },
    });
  });

  test('opens no browser when told so', () => {
    const read = readHostArguments(['--data', 'till', '--no-launch', '--browser', 'x']);
    expect(read.ok && read.value.browser).toBe('none');
  });

  test.each([
    [[], '--data DIRECTORY is missing'],
    [['--data='], '--data DIRECTORY is missing'],
    [['--data'], "Option '--data <value>' argument missing"],
    [['--data', 'x', '--kiosk=yes'], "Option '--kiosk' does not take an argument"],
    [['--data', 'x', '--remote-debugging-port=1'], "Unknown option '--remote-debugging-port'"],
    [
      ['--data', 'x', 'more'],
      "Unexpected argument 'more'. This command does not take positional arguments",
    ],
    [
      ['--data', 'x', '--demo-enrolment', 'ABCD', '--demo-fingerprint', 'ff'],
      '--demo, --demo-enrolment CODE and --demo-fingerprint FINGERPRINT belong together',
    ],
  ])('refuses %j', (argv, reason) => {
    expect(readHostArguments(argv)).toEqual({ ok: false, failure: reason });
  });
});
