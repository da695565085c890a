import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8')) as T;
}

const { packages } = readJson<{ packages: Record<string, LockedPackage> }>('package-lock.json');

/** Whether `name` is found from the package at `path`, as Node looks for it. */
function isLocked(path: string, name: string): boolean {
  if (`${path}${path === '' ? '' : '/'}node_modules/${name}` in packages) return true;
  return (
    path !== '' && isLocked(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
  );
}

describe('package-lock.json', () => {
  it('names the optional packages of every platform, without which npm ci refuses', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
    );
    expect(missing).toEqual([]);
  });

  it('names no host to fetch from', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  it('has a checksum of every package but those of platforms that its registry did not serve', () => {
    const unchecked = Object.entries(packages)
      .filter(([path, { integrity }]) => path !== '' && integrity === undefined)
      .filter(([path, { optional }]) => !optional || !/\/(cli|binding)-[a-z0-9-]+$/.test(path))
      .map(([path]) => path);
    expect(unchecked).toEqual([]);
  });

  it('has no install script that package.json does not decide on', () => {
    const { allowScripts } = readJson<{ allowScripts: Record<string, boolean> }>('package.json');
    const undecided = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''))
      .filter((name) => !(name in allowScripts));
    expect(undecided).toEqual([]);
  });
});
