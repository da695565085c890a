import { describe, expect, it } from 'vitest';
import { environmentForNpm, npmCommand } from '../../../scripts/set-up/npm-command.mjs';

const beside = '/usr/lib/node_modules/npm/bin/npm-cli.js';

describe('npmCommand', () => {
  const given = { node: '/n24/bin/node', ownNode: '/usr/bin/node' };

  it('uses the npm that called, under the given Node', () => {
    const environment = { npm_execpath: '/opt/npm/bin/npm-cli.js' };
    expect(npmCommand({ ...given, environment, exists: () => true })).toEqual({
      command: '/n24/bin/node',
      leadingArguments: ['/opt/npm/bin/npm-cli.js'],
    });
  });

  it('uses the npm beside Node when another package manager or nobody called', () => {
    for (const environment of [{ npm_execpath: '/opt/yarn/yarn.js' }, {}]) {
      expect(npmCommand({ ...given, environment, exists: (file) => file === beside })).toEqual({
        command: '/n24/bin/node',
        leadingArguments: [beside],
      });
    }
  });

  it('falls back to the PATH', () => {
    expect(npmCommand({ ...given, environment: {}, exists: () => false })).toEqual({
      command: 'npm',
      leadingArguments: [],
    });
  });
});

describe('environmentForNpm', () => {
  it('drops what the outer npm notes about itself and keeps what a person sets', () => {
    expect(
      environmentForNpm({
        HOME: '/home/sam',
        npm_config_cache: '/cache',
        npm_config_local_prefix: '/clone',
        npm_lifecycle_event: 'start',
        npm_package_json: '/clone/package.json',
        npm_command: 'run-script',
        INIT_CWD: '/clone',
      }),
    ).toEqual({ HOME: '/home/sam', npm_config_cache: '/cache' });
  });
});
