import type { Session } from 'electron';

/** Whether the page may save a file to the computer. Exports are written by the terminal itself. */
export function mayDownload(_url: string): boolean {
  return false;
}

/** Applies `mayDownload` to everything that would be saved. */
export function guardDownloads(session: Session): void {
  session.on('will-download', (event, item) => {
    if (!mayDownload(item.getURL())) event.preventDefault();
  });
}
