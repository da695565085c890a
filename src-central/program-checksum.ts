import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { utf8 } from '#shared/kernel/bytes.ts';
import { hashBytes, type Sha256 } from '#shared/kernel/hash.ts';

const PROGRAM = new URL('../', import.meta.url);
const FOLDERS = ['migrations/central', 'src-central', 'src-shared'];
const FILES = ['package-lock.json', 'package.json'];

/**
 * The checksum of the central's program as its files are at this moment (GLI-31 5.8.1): the SHA-256 of
 * what `sha256sum` prints for them in byte order of their paths.
 */
export function readProgramChecksum(): Sha256 {
  const paths = [...FILES, ...FOLDERS.flatMap(filesBelow)].sort((left, right) =>
    Buffer.compare(Buffer.from(left), Buffer.from(right)),
  );
  const lines = paths.map((path) => {
    const digest = createHash('sha256').update(readFileSync(new URL(path, PROGRAM)));
    return `${digest.digest('hex')}  ${path}\n`;
  });
  return hashBytes(utf8(lines.join('')));
}

function filesBelow(folder: string): string[] {
  return readdirSync(new URL(folder, PROGRAM), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'))
    .map((path) => path.slice(path.lastIndexOf(`/${folder}/`) + 1));
}
