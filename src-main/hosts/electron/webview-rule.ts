import type { WebContents } from 'electron';

/** Whether the page may embed another page with powers of its own. */
export function mayAttachWebview(_source: string): boolean {
  return false;
}

/** Applies `mayAttachWebview` to one page. */
export function guardWebviews(webContents: WebContents): void {
  webContents.on('will-attach-webview', (event, _preferences, parameters) => {
    if (!mayAttachWebview(parameters['src'] ?? '')) event.preventDefault();
  });
}
