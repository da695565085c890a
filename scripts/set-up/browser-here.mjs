import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { findBrowser } from './find-browser.mjs';

/**
 * The browser of this computer, as `findBrowser` chooses it.
 *
 * @returns {string | undefined}
 */
export function browserHere() {
  return findBrowser({
    platform: process.platform,
    environment: process.env,
    home: homedir(),
    exists: existsSync,
    list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
  });
}
