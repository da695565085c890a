import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inputsDigest } from './inputs-digest.ts';

/** One folder below `dist/`, and how it comes about. */
export interface BuildPart {
  readonly name: string;
  /** Everything that the result depends on, relative to the root. */
  readonly inputs: readonly string[];
  readonly buildInto: (folder: string) => Promise<void>;
}

/**
 * Builds a part unless its inputs are those of the last build.
 *
 * The result appears whole, by a rename, so a till that is being served from it or a build that is
 * killed never sees half of it. The caller holds the build lock.
 */
export async function buildPart(
  root: string,
  part: BuildPart,
  report: (line: string) => void,
): Promise<void> {
  const result = path.join(root, 'dist', part.name);
  const note = `${result}.inputs`;
  const digest = inputsDigest(root, part.inputs);
  if (existsSync(result) && existsSync(note) && readFileSync(note, 'utf8') === digest) return;

  const started = Date.now();
  report(`Building ${part.name}`);
  const folder = path.join(root, '.cache/building', part.name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await part.buildInto(folder);
  rmSync(note, { force: true });
  rmSync(result, { recursive: true, force: true });
  mkdirSync(path.dirname(result), { recursive: true });
  renameSync(folder, result);
  writeFileSync(note, digest);
  report(`Built ${part.name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
