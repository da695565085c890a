import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../../scripts/set-up/find-browser.mjs';

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

describe('findBrowser', () => {
  it('finds none on a bare machine', () => {
    expect(findBrowser(surroundings([]))).toBeUndefined();
  });

  it('prefers Chromium to Chrome to Edge, wherever on the PATH each lies', () => {
    const all = [
      '/usr/local/bin/microsoft-edge',
      '/usr/local/bin/google-chrome',
      '/usr/bin/chromium',
    ];
    expect(findBrowser(surroundings(all))).toBe('/usr/bin/chromium');
    expect(findBrowser(surroundings(all.slice(0, 2)))).toBe('/usr/local/bin/google-chrome');
    expect(findBrowser(surroundings(all.slice(0, 1)))).toBe('/usr/local/bin/microsoft-edge');
  });

  it('looks in /usr/bin even when the PATH does not', () => {
    expect(findBrowser(surroundings(['/usr/bin/chromium'], { environment: {} }))).toBe(
      '/usr/bin/chromium',
    );
  });

  it('takes the newest download when the system has no browser', () => {
    const folder = '/home/sam/.cache/ms-playwright';
    const files = [900, 1200].map((build) => `${folder}/chromium-${build}/chrome-linux64/chrome`);
    const downloads = [
      'chromium-900',
      'chromium-1200',
      'chromium_headless_shell-1300',
      'ffmpeg-1011',
    ];
    expect(findBrowser(surroundings(files, { downloads }))).toBe(files[1]);
    expect(findBrowser(surroundings([...files, '/usr/bin/chromium'], { downloads }))).toBe(
      '/usr/bin/chromium',
    );
  });

  it('takes the one that the environment names, and no other in its place', () => {
    const environment = { COUNTERFOIL_BROWSER: '/opt/mine', PATH: '/usr/bin' };
    const files = ['/usr/bin/chromium'];
    expect(findBrowser(surroundings([...files, '/opt/mine'], { environment }))).toBe('/opt/mine');
    expect(findBrowser(surroundings(files, { environment }))).toBeUndefined();
  });

  it('looks in the program folders of Windows and of a Mac', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const windows = { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
    expect(findBrowser(surroundings([edge], { platform: 'win32', environment: windows }))).toBe(
      edge,
    );
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowser(surroundings([chrome], { platform: 'darwin' }))).toBe(chrome);
  });
});
