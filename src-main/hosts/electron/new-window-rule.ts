import type { WebContents, WindowOpenHandlerResponse } from 'electron';

/** What happens when the page asks for another window: nothing. The till is one window. */
export function answerToNewWindow(): WindowOpenHandlerResponse {
  return { action: 'deny' };
}

/** Applies `answerToNewWindow` to one page. */
export function guardNewWindows(webContents: WebContents): void {
  webContents.setWindowOpenHandler(answerToNewWindow);
}
