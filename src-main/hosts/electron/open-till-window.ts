import { BrowserWindow } from 'electron';
import { createRestartLimit } from '#main/hosts/shared/restart-limit.ts';
import { guardDownloads } from './download-rule.ts';
import { guardNavigation } from './navigation-rule.ts';
import { guardNewWindows } from './new-window-rule.ts';
import { guardPermissions } from './permission-rule.ts';
import { guardShortcuts } from './shortcut-rule.ts';
import { guardWebviews } from './webview-rule.ts';
import { type WindowWishes, windowOptions } from './window-options.ts';

/** What the till's window is like, and what to do when its page cannot be brought back. */
export interface TillWindowOptions extends WindowWishes {
  readonly onGivenUp: () => void;
}

/** Makes the till's one window, with every rule in force before anything is loaded into it. */
export function openTillWindow(options: TillWindowOptions): BrowserWindow {
  const window = new BrowserWindow(windowOptions(options));
  const { webContents } = window;
  guardNavigation(webContents);
  guardNewWindows(webContents);
  guardWebviews(webContents);
  guardShortcuts(webContents);
  guardPermissions(webContents.session);
  guardDownloads(webContents.session);
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    if (options.isKiosk) event.preventDefault();
  });
  reviveDeadPage(window, options.onGivenUp);
  return window;
}

/** Loads the page again when its process dies, three times in a minute at most. */
function reviveDeadPage({ webContents }: BrowserWindow, onGivenUp: () => void): void {
  const restarts = createRestartLimit(() => performance.now());
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    if (restarts.allows()) webContents.reload();
    else onGivenUp();
  });
}
