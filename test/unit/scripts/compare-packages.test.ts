import { describe, expect, it } from 'vitest';
import { whyPackagesDiffer } from '../../../scripts/set-up/compare-packages.mjs';

const machine = { os: 'linux', cpu: 'x64', libc: 'glibc' };
const isPresent = () => true;
const zod = { version: '4.0.0', integrity: 'sha512-a' };
const lock = { packages: { '': {}, 'node_modules/zod': zod } };

describe('whyPackagesDiffer', () => {
  it('finds nothing to say when everything is as locked', () => {
    const installed = { packages: { 'node_modules/zod': zod } };
    expect(whyPackagesDiffer({ lock, installed, machine, isPresent })).toBeUndefined();
  });

  it.each([
    ['nothing is installed yet', undefined],
    ['zod is missing', { packages: {} }],
    [
      'zod is not the version of the lock file',
      { packages: { 'node_modules/zod': { ...zod, version: '3.0.0' } } },
    ],
    [
      'zod is not the version of the lock file',
      { packages: { 'node_modules/zod': { ...zod, integrity: 'sha512-b' } } },
    ],
    [
      'left-pad is not in the lock file',
      { packages: { 'node_modules/zod': zod, 'node_modules/left-pad': zod } },
    ],
  ])('says: %s', (reason, installed) => {
    expect(whyPackagesDiffer({ lock, installed, machine, isPresent })).toBe(reason);
  });

  it('does not trust a list whose packages are gone', () => {
    const installed = { packages: { 'node_modules/zod': zod } };
    expect(whyPackagesDiffer({ lock, installed, machine, isPresent: () => false })).toBe(
      'zod is not whole',
    );
  });

  it.each([
    [{ os: ['linux'], cpu: ['x64'] }, 'native is missing'],
    [{ os: 'linux', cpu: 'x64' }, 'native is missing'],
    [{ os: ['linux'], cpu: ['x64'], libc: ['glibc'] }, 'native is missing'],
    [{ os: ['!win32'] }, 'native is missing'],
    [{ os: ['linux'], cpu: ['x64'], libc: ['musl'] }, undefined],
    [{ os: ['darwin'], cpu: ['x64'] }, undefined],
    [{ os: ['linux'], cpu: ['arm64'] }, undefined],
    [{ os: ['!linux'] }, undefined],
    [{}, undefined],
  ])('needs an optional package only on the machine it is made for: %j', (platform, reason) => {
    const native = { version: '1.0.0', optional: true, ...platform };
    const withNative = { packages: { 'node_modules/native': native } };
    expect(
      whyPackagesDiffer({ lock: withNative, installed: { packages: {} }, machine, isPresent }),
    ).toBe(reason);
  });
});
