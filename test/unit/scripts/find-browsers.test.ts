import { describe, expect, it } from 'vitest';
import { findBrowsers } from '../../../scripts/set-up/find-browsers.mjs';

function surroundings(
  files: readonly string[],
  {
    platform = 'linux',
    environment = { PATH: '/usr/local/bin:/usr/bin' },
    downloads = [],
  }: {
    platform?: string;
    environment?: Record<string, string>;
    downloads?: readonly string[];
  } = {},
) {
  return {
    platform,
    environment,
    home: '/home/sam',
    exists: (file: string) => files.includes(file),
    list: (folder: string) => (folder === '/home/sam/.cache/ms-playwright' ? downloads : []),
  };
}

describe('findBrowsers', () => {
  it('finds none on a bare machine', () => {
    expect(findBrowsers(surroundings([]))).toEqual([]);
  });

  it('prefers Chromium to Chrome to Edge, wherever on the PATH each lies', () => {
    const all = [
      '/usr/local/bin/microsoft-edge',
      '/usr/local/bin/google-chrome',
      '/usr/bin/chromium',
    ];
    expect(findBrowsers(surroundings(all))).toEqual(all.toReversed());
  });

  it('looks in /usr/bin even when the PATH does not', () => {
    expect(findBrowsers(surroundings(['/usr/bin/chromium'], { environment: {} }))).toEqual([
      '/usr/bin/chromium',
    ]);
  });

  it('puts downloads last, the newest of them first', () => {
    const folder = '/home/sam/.cache/ms-playwright';
    const files = [900, 1200].map((build) => `${folder}/chromium-${build}/chrome-linux64/chrome`);
    const downloads = [
      'chromium-900',
      'chromium-1200',
      'chromium_headless_shell-1300',
      'ffmpeg-1011',
    ];
    expect(findBrowsers(surroundings([...files, '/usr/bin/chromium'], { downloads }))).toEqual([
      '/usr/bin/chromium',
      ...files.toReversed(),
    ]);
  });

  it('takes the one that the environment names, and no other in its place', () => {
    const environment = { COUNTERFOIL_BROWSER: '/opt/mine', PATH: '/usr/bin' };
    const files = ['/usr/bin/chromium'];
    expect(findBrowsers(surroundings([...files, '/opt/mine'], { environment }))).toEqual([
      '/opt/mine',
    ]);
    expect(findBrowsers(surroundings(files, { environment }))).toEqual([]);
  });

  it('looks in the program folders of Windows and of a Mac', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const windows = { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
    expect(findBrowsers(surroundings([edge], { platform: 'win32', environment: windows }))).toEqual(
      [edge],
    );
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowsers(surroundings([chrome], { platform: 'darwin' }))).toEqual([chrome]);
  });
});
