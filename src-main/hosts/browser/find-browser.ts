import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What decides where browsers may be installed. */
export interface BrowserPlaces {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const NAMES_ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const IN_PROGRAM_FILES = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];

const IN_APPLICATIONS = ['Chromium', 'Google Chrome', 'Microsoft Edge'];

/** Where Chromium, Chrome and Edge are usually installed, best first. */
export function usualBrowserPaths({ platform, environment }: BrowserPlaces): readonly string[] {
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];
    const present = roots.flatMap((name) => environment[name] ?? []);
    return IN_PROGRAM_FILES.flatMap((parts) => present.map((root) => join(root, ...parts)));
  }
  if (platform === 'darwin') {
    return IN_APPLICATIONS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES_ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The first installed browser that can show the till; `undefined` if there is none. */
export function findBrowser(places: BrowserPlaces): string | undefined {
  return usualBrowserPaths(places).find((path) => existsSync(path));
}
