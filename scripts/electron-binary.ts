import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The Electron program file, or undefined where it has not been fetched.
 *
 * It is looked for as a file: resolving the `electron` package from Node would start a download.
 *
 * @param root the folder that holds `node_modules`
 */
export function findElectronBinary(root: string): string | undefined {
  const folder = path.join(root, 'node_modules/electron');
  const note = path.join(folder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const binary = path.join(folder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}
