import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, Menu, protocol } from 'electron';
import type { TerminalStarter } from '#main/hosts/shared/hosted-terminal.ts';
import { tellLauncher, tellPerson, whenAskedToStop } from '#main/hosts/shared/lifecycle.ts';
import { type HostArguments, readHostArguments } from '#main/hosts/shared/read-host-arguments.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { bindTransport } from './bind-transport.ts';
import { openTillWindow } from './open-till-window.ts';
import { ownArguments } from './own-arguments.ts';
import { TERMINAL_URL } from './terminal-address.ts';
import { serveTerminalScheme, TERMINAL_SCHEME_PRIVILEGES } from './terminal-scheme.ts';

/** Exit code for a command line or a configuration that cannot be used. */
const EXIT_UNUSABLE = 2;

/** Exit code for a page that died again and again. */
const EXIT_SCREEN_LOST = 1;

/**
 * Runs the till in an Electron window until it is closed or asked to stop. Returns the exit code.
 *
 * Everything before the first `await` happens while Electron is still starting: the scheme has to be
 * known before that is over.
 */
export async function runElectronHost(openTerminal: TerminalStarter): Promise<number> {
  const parsed = readHostArguments(
    ownArguments({ argv: process.argv, isPackaged: app.isPackaged }),
  );
  if (!parsed.ok) return giveUp(parsed.failure);
  const profile = makeFolder(join(parsed.value.dataDirectory, 'electron-profile'));
  if (!profile.ok) return giveUp(profile.failure);
  app.setPath('userData', profile.value);
  if (!app.requestSingleInstanceLock()) {
    tellPerson('The till is already open on this data; its window is shown instead.');
    return 0;
  }
  protocol.registerSchemesAsPrivileged([TERMINAL_SCHEME_PRIVILEGES]);
  Menu.setApplicationMenu(null);
  const terminal = await openTerminal(parsed.value);
  if (!terminal.ok) return giveUp(terminal.failure);
  await app.whenReady();
  const lost = Promise.withResolvers<number>();
  const window = openWindow(parsed.value, () => lost.resolve(EXIT_SCREEN_LOST));
  const over = Promise.race([lost.promise, whenOver(parsed.value)]);
  bindTransport(ipcMain, window, terminal.value.transport);
  await window.loadURL(TERMINAL_URL);
  tellLauncher({ ready: true, url: TERMINAL_URL });
  const code = await over;
  window.destroy();
  await terminal.value.stop();
  return code;
}

/** Electron refuses to keep its profile in a folder that does not exist yet. */
function makeFolder(path: string): Result<string, string> {
  try {
    mkdirSync(path, { recursive: true });
    return ok(path);
  } catch (error) {
    return refuse(`${path} cannot be made: ${error instanceof Error ? error.message : error}`);
  }
}

function openWindow(given: HostArguments, onGivenUp: () => void): BrowserWindow {
  serveTerminalScheme(protocol, given.rendererDirectory);
  const window = openTillWindow({
    preloadPath: given.preloadPath,
    isKiosk: given.isKiosk,
    hasDeveloperTools: !app.isPackaged,
    onGivenUp,
  });
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  return window;
}

/** Resolves when the window was closed, or when somebody asks the program to stop. */
async function whenOver({ exitsWithParent }: HostArguments): Promise<number> {
  const closed = new Promise<void>((resolve) => {
    app.once('window-all-closed', () => resolve());
    app.on('before-quit', (event) => {
      event.preventDefault();
      resolve();
    });
  });
  await Promise.race([closed, whenAskedToStop({ exitsWithParent })]);
  return 0;
}

function giveUp(reason: string): number {
  tellPerson(reason);
  return EXIT_UNUSABLE;
}
