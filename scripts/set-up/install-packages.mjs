import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { whyPackagesDiffer } from './compare-packages.mjs';
import { environmentForNpm, npmCommand } from './npm-command.mjs';
import { SetUpRefusal } from './refusal.mjs';
import { runCommand } from './run-command.mjs';
import { thisMachine } from './this-machine.mjs';

/**
 * @typedef {{
 *   readonly what: string,
 *   readonly source: string,
 *   readonly target: string,
 *   readonly cache: string,
 *   readonly node: string,
 *   readonly report: (line: string) => void,
 *   readonly finish?: (nodeModules: string) => void,
 * }} Installation `source` holds package.json and the lock file; `target` is the folder that gets
 *   `node_modules`; `finish` completes what npm unpacked.
 */

/**
 * Installs what the lock file says, unless it is there already.
 *
 * npm works in a folder of its own that is renamed into place when everything is complete, so a
 * killed installation leaves either the old packages or none, and never some. The caller holds the
 * set-up lock.
 *
 * @param {Installation} installation
 * @returns {Promise<void>} refuses with SetUpRefusal when npm fails
 */
export async function installPackages(installation) {
  const { what, source, target, report, finish } = installation;
  const reason = whyNotInstalled(source, target);
  if (reason !== undefined) {
    report(`Installing ${what} (${reason})`);
    const started = Date.now();
    await installAfresh(installation);
    report(`Installed ${what} in ${Math.round((Date.now() - started) / 1000)} s`);
  }
  finish?.(path.join(target, 'node_modules'));
}

/**
 * @param {string} source
 * @param {string} target
 */
function whyNotInstalled(source, target) {
  const list = path.join(target, 'node_modules/.package-lock.json');
  return whyPackagesDiffer({
    lock: readJson(path.join(source, 'package-lock.json')),
    installed: existsSync(list) ? readJson(list) : undefined,
    machine: thisMachine(),
    isPresent: (packagePath) => existsSync(path.join(target, packagePath, 'package.json')),
  });
}

/** @param {Installation} installation */
async function installAfresh({ what, source, target, cache, node, report, finish }) {
  const staging = path.join(cache, 'installing');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  // A fresh name each time: the npm of a killed start may still be writing into its own.
  const folder = mkdtempSync(path.join(staging, 'packages-'));
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
    if (existsSync(path.join(source, file))) {
      copyFileSync(path.join(source, file), path.join(folder, file));
    }
  }
  await runNpmCi({ what, folder, cache, node, report });
  finish?.(path.join(folder, 'node_modules'));
  const missing = whyNotInstalled(source, folder);
  if (missing !== undefined) throw new SetUpRefusal(`npm left ${what} incomplete: ${missing}`);
  putInPlace(folder, target);
  rmSync(staging, { recursive: true, force: true });
}

/** @param {{ what: string, folder: string, cache: string, node: string, report: (line: string) => void }} run */
async function runNpmCi({ what, folder, cache, node, report }) {
  const npm = npmCommand({ node, environment: process.env, ownNode: process.execPath });
  const { succeeded, output } = await runCommand(
    npm.command,
    [
      ...npm.leadingArguments,
      'ci',
      // Named here as well as in .npmrc: NODE_ENV or a user's own settings may say otherwise.
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--loglevel=error',
      '--no-audit',
      '--no-fund',
      ...(homeIsWritable() ? [] : ['--cache', path.join(cache, 'npm')]),
    ],
    {
      folder,
      environment: environmentForNpm(process.env),
      onTick: (seconds) => report(`  still installing ${what}: ${seconds} s`),
    },
  );
  if (!succeeded) throw new SetUpRefusal(`npm could not install ${what}:\n${output}`);
}

/**
 * @param {string} folder
 * @param {string} target
 */
function putInPlace(folder, target) {
  mkdirSync(target, { recursive: true });
  const place = path.join(target, 'node_modules');
  if (existsSync(place)) renameSync(place, path.join(folder, 'replaced'));
  renameSync(path.join(folder, 'node_modules'), place);
}

function homeIsWritable() {
  try {
    accessSync(homedir(), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
