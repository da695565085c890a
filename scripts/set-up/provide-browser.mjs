import path from 'node:path';
import { browsersHere } from './browsers-here.mjs';
import { SetUpRefusal } from './refusal.mjs';
import { runCommand } from './run-command.mjs';

const DOWNLOAD_LIMIT_MS = 10 * 60_000;
const INSTALL = [
  ['update'],
  ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', 'chromium'],
];

/**
 * @typedef {{ readonly root: string, readonly node: string, readonly report: (line: string) => void }} Surroundings
 */

/**
 * A browser that runs here, installed first where there is none.
 *
 * @param {Surroundings} surroundings `node` must be 24 or newer and the packages installed
 * @returns {Promise<string>} its program file; refuses with SetUpRefusal when none can be had
 */
export async function provideBrowser(surroundings) {
  const present = await runningBrowser(surroundings);
  if (present !== undefined) return present;
  refuseWrongName();
  for (const install of [installWithPlaywright, installWithApt]) {
    const failure = await install(surroundings);
    if (failure !== undefined) {
      surroundings.report(`  ${failure}`);
      continue;
    }
    const installed = await runningBrowser(surroundings);
    if (installed !== undefined) return installed;
    surroundings.report('  It was installed but does not run here');
  }
  throw new SetUpRefusal(
    'There is no browser, and none could be installed. Install Chromium, Chrome or Edge, or name one in COUNTERFOIL_BROWSER, and run the command again.',
  );
}

function refuseWrongName() {
  const named = process.env['COUNTERFOIL_BROWSER'];
  if (named !== undefined && named !== '') {
    throw new SetUpRefusal(`COUNTERFOIL_BROWSER names ${named}, which does not run here`);
  }
}

/** @param {Surroundings} surroundings */
async function runningBrowser({ root }) {
  for (const browser of browsersHere()) {
    // A browser asked for its version on Windows opens a window instead of answering.
    if (process.platform === 'win32') return browser;
    const version = await runCommand(browser, ['--version'], { folder: root, limitMs: 20_000 });
    if (version.succeeded) return browser;
  }
  return undefined;
}

/**
 * @param {Surroundings} surroundings
 * @returns {Promise<string | undefined>} why it failed
 */
async function installWithPlaywright({ root, node, report }) {
  report("Installing a browser: Playwright's Chromium");
  const { succeeded } = await runCommand(
    node,
    [path.join(root, 'node_modules/@playwright/test/cli.js'), 'install', '--no-shell', 'chromium'],
    {
      folder: root,
      environment: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
      limitMs: DOWNLOAD_LIMIT_MS,
      onTick: (seconds) => report(`  still downloading: ${seconds} s`),
    },
  );
  return succeeded ? undefined : 'That download is refused or fails here';
}

/**
 * @param {Surroundings} surroundings
 * @returns {Promise<string | undefined>} why it failed
 */
async function installWithApt({ root, report }) {
  report("Installing a browser: Debian's chromium");
  const isRoot = process.getuid?.() === 0;
  for (const args of INSTALL) {
    const [command, all] = isRoot
      ? ['apt-get', args]
      : ['sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]];
    const { succeeded, output } = await runCommand(command, all, {
      folder: root,
      environment: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      onTick: (seconds) => report(`  still installing: ${seconds} s`),
    });
    if (!succeeded) return `${command} could not do it: ${output.split('\n').at(-1) ?? ''}`;
  }
  return undefined;
}
