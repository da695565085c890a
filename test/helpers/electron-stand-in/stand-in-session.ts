import { EventEmitter } from 'node:events';
import type { BrowserContext, Download } from '@playwright/test';
import { preventableEvent } from './stand-in-app.ts';

type RequestHandler = (
  webContents: object,
  permission: string,
  answer: (isGranted: boolean) => void,
) => void;

type CheckHandler = (webContents: object, permission: string) => boolean;

/** Permissions by Electron's name, with what Playwright calls them. */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  geolocation: ['geolocation'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  notifications: ['notifications'],
  'clipboard-read': ['clipboard-read'],
  sensors: ['accelerometer', 'gyroscope'],
};

/**
 * Stands in for Electron's `Session`.
 *
 * The DevTools protocol cannot ask at the moment of a request, so every permission is decided before
 * the first page is loaded; without handlers everything is granted, as in Electron.
 */
export class StandInSession extends EventEmitter {
  #onRequest: RequestHandler | undefined;
  #onCheck: CheckHandler | undefined;

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#onRequest = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#onCheck = handler;
  }

  /** Devices cannot be offered in a headless Chromium, so nothing asks this handler. */
  setDevicePermissionHandler(_handler: unknown): void {}

  /** Makes Chromium grant what the handlers grant, for one origin. */
  async applyPermissions(
    context: BrowserContext,
    webContents: object,
    origin: string,
  ): Promise<void> {
    const granted = Object.keys(PERMISSIONS).filter((name) => this.#isGranted(webContents, name));
    const names = granted.flatMap((name) => PERMISSIONS[name] ?? []);
    await context.grantPermissions(names, { origin });
  }

  /** Lets the listeners decide on a download that Chromium has begun. */
  async decideDownload(download: Download): Promise<void> {
    const event = preventableEvent();
    this.emit('will-download', event, { getURL: () => download.url() });
    if (event.defaultPrevented) await download.cancel();
  }

  #isGranted(webContents: object, permission: string): boolean {
    let isGranted = true;
    this.#onRequest?.(webContents, permission, (answer) => {
      isGranted = answer;
    });
    return isGranted && (this.#onCheck?.(webContents, permission) ?? true);
  }
}
