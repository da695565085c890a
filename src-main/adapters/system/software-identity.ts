import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import type { Sha256 } from '#shared/kernel/hash.ts';
import { readIfPresent } from './durable-file.ts';

/** The files that are the program, relative to its folder, with `/` between names. */
export interface ProgramFiles {
  readonly programDirectory: string;
  /** Files and whole folders; one that is not there counts as empty. */
  readonly parts: readonly string[];
}

/** Which program runs, and which of its files are not as they were shipped (GLI-31 3.5.1, 3.5.2). */
export interface SoftwareIdentity {
  readonly software: Software;
  /** Paths of files that were changed, added or removed since the manifest was written. */
  readonly changedFiles: readonly string[];
}

/** The manifest, beside `package.json`: what `sha256sum` prints for each file. */
const MANIFEST_FILE = 'program.sha256';

/**
 * Reads every program file and sums it up.
 *
 * The checksum is the SHA-256 of what `sha256sum` prints for the files in byte order of their paths,
 * so that anybody can work it out without this program. Where there is a manifest, each file is
 * compared with it; a source tree has none.
 */
export function identifySoftware(files: ProgramFiles): SoftwareIdentity {
  const listing = listProgram(files);
  const manifest = readIfPresent(join(files.programDirectory, MANIFEST_FILE));
  return {
    software: { version: readVersion(files.programDirectory), checksum: sha256(listing) },
    changedFiles: manifest === undefined ? [] : compareListings(manifest, listing),
  };
}

/** One line for each program file: its SHA-256, two spaces, its path. */
export function listProgram({ programDirectory, parts }: ProgramFiles): string {
  const paths = parts.flatMap((part) => filesBelow(programDirectory, part));
  return paths
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map((path) => `${sha256(readFileSync(join(programDirectory, path)))}  ${path}\n`)
    .join('');
}

function filesBelow(root: string, path: string): string[] {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesBelow(root, `${path}/${name}`));
}

function compareListings(expected: string, actual: string): string[] {
  const hashes = parseListing(actual);
  const expectedHashes = parseListing(expected);
  const paths = new Set([...hashes.keys(), ...expectedHashes.keys()]);
  return [...paths].filter((path) => hashes.get(path) !== expectedHashes.get(path)).sort();
}

function parseListing(listing: string): ReadonlyMap<string, string> {
  const lines = listing.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}

function readVersion(programDirectory: string): string {
  const text = readFileSync(join(programDirectory, 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { readonly version: string };
  return version;
}

function sha256(content: Buffer | string): Sha256 {
  return createHash('sha256').update(content).digest('hex') as Sha256;
}
