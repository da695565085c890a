import type { BrowserWindowConstructorOptions } from 'electron';

/** What differs between windows of the till. */
export interface WindowWishes {
  readonly preloadPath: string;
  readonly isKiosk: boolean;
  /** Developer tools exist only in a program that is not packaged (GLI-31 3.2.4 b). */
  readonly hasDeveloperTools: boolean;
}

/** The till's window: a sandboxed page that knows nothing of Node, and no menu. */
export function windowOptions({
  preloadPath,
  isKiosk,
  hasDeveloperTools,
}: WindowWishes): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 800,
    title: 'Counterfoil',
    show: false,
    backgroundColor: '#0f1720',
    autoHideMenuBar: true,
    kiosk: isKiosk,
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      backgroundThrottling: false,
      devTools: hasDeveloperTools,
    },
  };
}
