import { describe, expect, it } from 'vitest';
import { chooseHost } from '../../../scripts/launch/choose-host.ts';
import { hasDisplay } from '../../../scripts/launch/has-display.ts';

const here = { binary: '/electron' };
const gone = { missing: 'its program file could not be fetched' };

describe('chooseHost', () => {
  it.each([
    [
      { wanted: undefined, hasDisplay: true, electron: here },
      { kind: 'electron', binary: '/electron', because: 'its program file is here' },
    ],
    [
      { wanted: undefined, hasDisplay: true, electron: gone },
      { kind: 'browser', because: 'Electron cannot run: its program file could not be fetched' },
    ],
    [
      { wanted: undefined, hasDisplay: false, electron: here },
      { kind: 'browser', because: 'Electron cannot run: there is no display' },
    ],
    [
      { wanted: 'browser', hasDisplay: true, electron: here },
      { kind: 'browser', because: 'it was asked for' },
    ],
    [
      { wanted: 'electron', hasDisplay: true, electron: here },
      { kind: 'electron', binary: '/electron', because: 'it was asked for' },
    ],
    [
      { wanted: 'electron', hasDisplay: true, electron: gone },
      {
        kind: 'refused',
        because: 'Electron cannot run here: its program file could not be fetched',
      },
    ],
    [
      { wanted: 'electron', hasDisplay: false, electron: here },
      { kind: 'refused', because: 'Electron cannot run here: there is no display' },
    ],
  ] as const)('%j', (facts, choice) => {
    expect(chooseHost(facts)).toEqual(choice);
  });
});

describe('hasDisplay', () => {
  it.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['win32', {}, true],
    ['darwin', {}, true],
  ])('%s with %j: %s', (platform, environment, expected) => {
    expect(hasDisplay(platform, environment)).toBe(expected);
  });
});
