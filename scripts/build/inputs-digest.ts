import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * One digest over the names and contents of all files in the given places: equal digests mean that a
 * build would give the same result again.
 *
 * @param places files and folders, relative to `root`; each must exist
 */
export function inputsDigest(root: string, places: readonly string[]): string {
  const digest = createHash('sha256');
  for (const file of places.flatMap((place) => filesIn(root, place)).sort()) {
    const content = readFileSync(path.join(root, file));
    digest.update(`${file.length}:${file}:${content.length}:`).update(content);
  }
  return digest.digest('hex');
}

function filesIn(root: string, place: string): readonly string[] {
  if (statSync(path.join(root, place)).isFile()) return [place];
  return readdirSync(path.join(root, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
