import path from 'node:path';
import { exclusively } from './exclusive.mjs';
import { hydratePostgres } from './hydrate-postgres.mjs';
import { installPackages } from './install-packages.mjs';
import { provideNode } from './node-runtime.mjs';
import { provideBrowser } from './provide-browser.mjs';
import { SetUpRefusal } from './refusal.mjs';
import { runCommand } from './run-command.mjs';

const LONGEST_SET_UP_MS = 20 * 60_000;

/**
 * Makes this computer ready for a task. Everything that is ready already costs milliseconds.
 *
 * @param {{
 *   root: string,
 *   needsBrowser: boolean,
 *   needsScreen: boolean,
 *   report: (line: string) => void,
 * }} wanted
 * @returns {Promise<{ node: string, environment: NodeJS.ProcessEnv }>} the Node to run the task under,
 *   and the environment to give it; refuses with SetUpRefusal
 */
export async function setUp({ root, needsBrowser, needsScreen, report }) {
  const cache = path.join(root, '.cache');
  const lock = {
    purpose: 'set-up',
    folder: root,
    waitMs: LONGEST_SET_UP_MS,
    onWait: () => report('Another command is setting up this folder; waiting for it'),
    refusal: `Another command has been setting up ${root} for too long. Stop it and try again.`,
  };
  return await exclusively(lock, async () => {
    const node = await provideNode({ cache, report });
    await installPackages({
      what: 'packages',
      source: root,
      target: root,
      cache,
      node,
      report,
      finish: hydratePostgres,
    });
    if (needsScreen) await buildScreen(root, node);
    if (!needsBrowser) return { node, environment: process.env };
    const browser = await provideBrowser({ root, node, report });
    return { node, environment: { ...process.env, COUNTERFOIL_BROWSER: browser } };
  });
}

/**
 * @param {string} root
 * @param {string} node
 */
async function buildScreen(root, node) {
  const { succeeded, output } = await runCommand(
    node,
    [path.join(root, 'scripts/build/main.ts'), 'renderer'],
    { folder: root },
  );
  if (!succeeded) throw new SetUpRefusal(`The screen could not be built:\n${output}`);
}
