import { defineConfig } from '@playwright/test';
import { findElectronBinary } from './scripts/electron-binary.ts';
import { browsersHere } from './scripts/set-up/browsers-here.mjs';

/** Which host shows the till; the specs do not know. */
interface HostOption {
  readonly host: 'browser' | 'electron' | 'electron-stand-in';
}

/** Links and windows are the browser host's own. */
const BROWSER_HOST_ONLY = '**/browser-host/**';

const browser = browsersHere()[0];
const hasElectron = findElectronBinary(import.meta.dirname) !== undefined;
const isWorker = process.env['TEST_WORKER_INDEX'] !== undefined;

if (!hasElectron && process.env['RSU_REQUIRE_ELECTRON'] === '1') {
  throw new Error('RSU_REQUIRE_ELECTRON is 1, and there is no Electron binary');
}
if (!hasElectron && !isWorker) process.stderr.write('electron: not run, no binary\n');

export default defineConfig<HostOption>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(browser === undefined ? {} : { executablePath: browser }),
      args: [
        '--disable-background-networking',
        // Chromium refuses to start its sandbox as root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
  projects: [
    { name: 'browser-host', use: { host: 'browser' } },
    {
      name: 'electron-stand-in',
      testIgnore: BROWSER_HOST_ONLY,
      use: { host: 'electron-stand-in' },
    },
    ...(hasElectron
      ? [
          {
            name: 'electron-host',
            testIgnore: BROWSER_HOST_ONLY,
            use: { host: 'electron' as const },
          },
        ]
      : []),
  ],
});
