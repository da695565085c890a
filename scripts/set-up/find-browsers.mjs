import path from 'node:path';

const ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const IN_PROGRAM_FILES = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

const IN_APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const IN_DOWNLOAD = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
];

/**
 * @typedef {{
 *   readonly platform: string,
 *   readonly environment: NodeJS.ProcessEnv,
 *   readonly home: string,
 *   readonly exists: (file: string) => boolean,
 *   readonly list: (folder: string) => readonly string[],
 * }} BrowserSurroundings `list` names what a folder holds, nothing for one that is not there.
 */

/**
 * The browsers there are, best first: Chromium, Chrome or Edge as the system installs them, then those
 * that Playwright downloaded, the newest first. One named by COUNTERFOIL_BROWSER stands alone.
 *
 * @param {BrowserSurroundings} surroundings
 * @returns {readonly string[]}
 */
export function findBrowsers(surroundings) {
  const { environment, exists } = surroundings;
  const named = environment['COUNTERFOIL_BROWSER'];
  if (named !== undefined && named !== '') return [named].filter(exists);
  const found = [...systemPlaces(surroundings), ...downloads(surroundings)].filter(exists);
  return [...new Set(found)];
}

/** @param {BrowserSurroundings} surroundings */
function systemPlaces({ platform, environment }) {
  if (platform === 'darwin') return IN_APPLICATIONS;
  if (platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'];
    return IN_PROGRAM_FILES.flatMap((file) =>
      roots.flatMap((name) => {
        const root = environment[name];
        return root === undefined ? [] : [path.win32.join(root, file)];
      }),
    );
  }
  const folders = [...(environment['PATH'] ?? '').split(':'), '/usr/bin', '/usr/local/bin'];
  return [
    ...ON_PATH.flatMap((name) =>
      folders.filter((folder) => folder.startsWith('/')).map((folder) => path.join(folder, name)),
    ),
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
    '/snap/bin/chromium',
  ];
}

/** @param {BrowserSurroundings} surroundings */
function downloads({ platform, environment, home, list }) {
  const folder = environment['PLAYWRIGHT_BROWSERS_PATH'] ?? downloadFolder(platform, home);
  return list(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((one, other) => Number(other.slice(9)) - Number(one.slice(9)))
    .flatMap((name) => IN_DOWNLOAD.map((file) => path.join(folder, name, file)));
}

/**
 * @param {string} platform
 * @param {string} home
 */
function downloadFolder(platform, home) {
  if (platform === 'darwin') return path.join(home, 'Library/Caches/ms-playwright');
  if (platform === 'win32') return path.join(home, 'AppData/Local/ms-playwright');
  return path.join(home, '.cache/ms-playwright');
}
