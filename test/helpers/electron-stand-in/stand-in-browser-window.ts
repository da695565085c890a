import { EventEmitter } from 'node:events';
import { chromiumContext } from './chromium.ts';
import { app, preventableEvent } from './stand-in-app.ts';
import { StandInWebContents } from './stand-in-web-contents.ts';

/** The constructor options that the stand-in acts on; it insists on those that make a page safe. */
interface StandInWindowOptions {
  readonly webPreferences: {
    readonly preload: string;
    readonly sandbox: boolean;
    readonly contextIsolation: boolean;
    readonly nodeIntegration: boolean;
  };
}

const openWindows = new Set<BrowserWindow>();

/** Stands in for Electron's `BrowserWindow`. */
export class BrowserWindow extends EventEmitter {
  readonly webContents = new StandInWebContents();
  readonly #opened: Promise<void>;

  constructor({ webPreferences }: StandInWindowOptions) {
    super();
    const { sandbox, contextIsolation, nodeIntegration, preload } = webPreferences;
    if (!sandbox || !contextIsolation || nodeIntegration) {
      throw new Error(
        'the stand-in can only isolate: sandbox, contextIsolation, no nodeIntegration',
      );
    }
    openWindows.add(this);
    this.#opened = this.#open(preload);
  }

  async loadURL(url: string): Promise<void> {
    await this.#opened;
    await this.webContents.load(await chromiumContext(), url);
    this.emit('ready-to-show');
  }

  show(): void {}

  focus(): void {}

  restore(): void {}

  isMinimized(): boolean {
    return false;
  }

  /** Closes the window without asking anybody. */
  destroy(): void {
    this.#forget();
    this.webContents.close().catch(() => {});
  }

  async #open(preloadPath: string): Promise<void> {
    await this.webContents.open(await chromiumContext(), preloadPath);
    this.webContents.whenClosed().then(
      () => this.#forget(),
      () => this.#forget(),
    );
  }

  #forget(): void {
    if (!openWindows.delete(this)) return;
    this.emit('close', preventableEvent());
    this.emit('closed');
    if (openWindows.size > 0) return;
    if (!app.emit('window-all-closed')) app.quit();
  }
}
