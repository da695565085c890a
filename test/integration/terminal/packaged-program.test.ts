import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identifySoftware } from '#main/adapters/system/software-identity.ts';
import { PROGRAM_PARTS } from '#main/terminal/program-identity.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '#test/helpers/terminal-database.ts';
import { mainProcessPart } from '../../../scripts/build/main-process-part.ts';
import {
  packagedDescription,
  writeProgramManifest,
} from '../../../scripts/build/program-manifest.ts';

let folder: TemporaryFolder;
let installed: string;

/** A checkout with its built parts, and beside it the files that a package of it installs. */
beforeEach(async () => {
  folder = makeTemporaryFolder();
  const checkout = join(folder.path, 'checkout');
  installed = join(folder.path, 'installed');
  await mainProcessPart(process.cwd()).buildInto(join(checkout, 'dist/main'));
  mkdirSync(join(checkout, 'dist/renderer'));
  writeFileSync(join(checkout, 'dist/renderer/index.html'), '<title>Till</title>\n');
  cpSync('package.json', join(checkout, 'package.json'));
  cpSync('migrations', join(checkout, 'migrations'), { recursive: true });

  writeProgramManifest(checkout);

  for (const part of ['dist/main', 'dist/renderer', 'migrations/terminal']) {
    cpSync(join(checkout, part), join(installed, part), { recursive: true });
  }
  const description = readFileSync(join(checkout, 'package.json'), 'utf8');
  writeFileSync(join(installed, 'package.json'), packagedDescription(description));
  cpSync(join(checkout, 'dist/program.sha256'), join(installed, 'program.sha256'));
});

afterEach(() => folder[Symbol.dispose]());

function changedFiles(): readonly string[] {
  return identifySoftware({ programDirectory: installed, parts: PROGRAM_PARTS }).changedFiles;
}

test('an installed package is what its manifest says', () => {
  expect(changedFiles()).toEqual([]);
});

test.each([
  'dist/main/main.js',
  'dist/main/preload.cjs',
  'dist/renderer/index.html',
  'migrations/terminal/0001_create_journal.sql',
  'package.json',
])('one byte more in %s is found', (file) => {
  appendFileSync(join(installed, file), ' ');
  expect(changedFiles()).toEqual([file]);
});

test('a file that went missing and one that nobody shipped are found', () => {
  rmSync(join(installed, 'dist/main/preload.cjs'));
  writeFileSync(join(installed, 'dist/main/extra.js'), '');
  expect([...changedFiles()].sort()).toEqual(['dist/main/extra.js', 'dist/main/preload.cjs']);
});
