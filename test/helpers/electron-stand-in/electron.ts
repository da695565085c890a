/**
 * What `import … from 'electron'` finds when a host runs on the stand-in. A part of Electron that is
 * not here stops the host at its first import, so nothing can be used unnoticed.
 */
export { app } from './stand-in-app.ts';
export { BrowserWindow } from './stand-in-browser-window.ts';
export { ipcMain } from './stand-in-ipc-main.ts';
export { protocol } from './stand-in-protocol.ts';

/** Stands in for Electron's `Menu`: Chromium without a head has no menu to take away. */
export const Menu = {
  setApplicationMenu(_menu: null): void {},
};
