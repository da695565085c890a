import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identifySoftware, listProgram } from '#main/adapters/system/software-identity.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '#test/helpers/terminal-database.ts';

const PARTS = ['dist/main', 'dist/absent', 'package.json'];

/** What `sha256sum` of GNU coreutils printed for the three files, and for those three lines. */
const LISTING = `2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806  dist/main/main.js
27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a  dist/main/sub/part.js
7cebef9b73bbad5e61a05cefba5b5045e73b44769fe9a4c243568ba6ed41f75f  package.json
`;
const CHECKSUM = 'cb23f1d22d98537a371564f9042f2bae304a2e3b7cb41a3e451e51477669bb3c';

let folder: TemporaryFolder;

beforeEach(() => {
  folder = makeTemporaryFolder();
  mkdirSync(join(folder.path, 'dist/main/sub'), { recursive: true });
  writeFileSync(join(folder.path, 'dist/main/main.js'), 'one\n');
  writeFileSync(join(folder.path, 'dist/main/sub/part.js'), 'two\n');
  writeFileSync(join(folder.path, 'package.json'), '{ "version": "1.2.3" }\n');
});

afterEach(() => folder[Symbol.dispose]());

function identify() {
  return identifySoftware({ programDirectory: folder.path, parts: PARTS });
}

function writeManifest(): void {
  writeFileSync(join(folder.path, 'program.sha256'), LISTING);
}

test('version and checksum are what anybody can work out with sha256sum', () => {
  expect(listProgram({ programDirectory: folder.path, parts: PARTS })).toBe(LISTING);
  expect(identify()).toEqual({
    software: { version: '1.2.3', checksum: CHECKSUM },
    changedFiles: [],
  });
});

test('a program that is as it was shipped has no changed file', () => {
  writeManifest();
  expect(identify().changedFiles).toEqual([]);
});

test('a changed, a missing and an added program file are named', () => {
  writeManifest();
  appendFileSync(join(folder.path, 'dist/main/main.js'), ' ');
  rmSync(join(folder.path, 'dist/main/sub/part.js'));
  writeFileSync(join(folder.path, 'dist/main/extra.js'), '');
  expect(identify().changedFiles).toEqual([
    'dist/main/extra.js',
    'dist/main/main.js',
    'dist/main/sub/part.js',
  ]);
});
