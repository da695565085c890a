import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { findBrowsers } from './find-browsers.mjs';

/**
 * The browsers of this computer, in the order of `findBrowsers`. Not each has to run: some systems
 * have a program in place of a browser that only says how to install one.
 *
 * @returns {readonly string[]}
 */
export function browsersHere() {
  return findBrowsers({
    platform: process.platform,
    environment: process.env,
    home: homedir(),
    exists: existsSync,
    list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
  });
}
