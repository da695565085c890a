import type { WebContents } from 'electron';
import { TERMINAL_URL } from './terminal-address.ts';

/**
 * Whether the page may go to another address. It may only load itself again: the till is one page,
 * so anything else is a mistake, a file dropped on the window, or an attack.
 */
export function mayNavigate(url: string): boolean {
  return url === TERMINAL_URL;
}

/** Applies `mayNavigate` to every way in which a page can leave, redirects and sub frames included. */
export function guardNavigation(webContents: WebContents): void {
  webContents.on('will-navigate', (details) => {
    if (!mayNavigate(details.url)) details.preventDefault();
  });
  webContents.on('will-redirect', (details) => {
    if (!mayNavigate(details.url)) details.preventDefault();
  });
  webContents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !mayNavigate(details.url)) details.preventDefault();
  });
}
