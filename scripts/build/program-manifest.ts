import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listProgram } from '#main/adapters/system/software-identity.ts';
import { PROGRAM_PARTS } from '#main/terminal/program-identity.ts';

/** What an installed till consists of, as `files` in `electron-builder.yml` has it. */
const PACKAGED_FOLDERS = ['dist/main', 'dist/renderer', 'migrations/terminal'];

/** The module that Electron starts. */
export const MAIN_MODULE = 'dist/main/main.js';

/**
 * Writes `dist/program.sha256`, which the package carries beside `package.json`: a till whose files
 * differ from it goes out of service (GLI-31 3.5). Both parts must have been built.
 */
export function writeProgramManifest(root: string): void {
  const folder = path.join(root, '.cache/packaging');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of PACKAGED_FOLDERS) {
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  const description = readFileSync(path.join(root, 'package.json'), 'utf8');
  writeFileSync(path.join(folder, 'package.json'), packagedDescription(description));
  const listing = listProgram({ programDirectory: folder, parts: PROGRAM_PARTS });
  writeFileSync(path.join(root, 'dist/program.sha256'), listing);
  rmSync(folder, { recursive: true });
}

/** `package.json` as electron-builder writes it into the package: without what only we need. */
export function packagedDescription(text: string): string {
  const description = { ...(JSON.parse(text) as Record<string, unknown>), main: MAIN_MODULE };
  const kept = Object.entries(description).filter(
    ([key]) => key !== 'scripts' && key !== 'devDependencies',
  );
  return JSON.stringify(Object.fromEntries(kept), null, 2);
}
