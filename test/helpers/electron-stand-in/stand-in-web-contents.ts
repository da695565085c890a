import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { BrowserContext, CDPSession, Page, Route } from '@playwright/test';
import { MAPPED_ADDRESSES, toChromium, toElectron } from './address-map.ts';
import { SUBFRAMES_VARIABLE } from './chromium.ts';
import { BINDING, PRELOAD_WORLD, pageScripts, RECEIVER } from './page-scripts.ts';
import type { PreloadCall, PreloadMessage } from './preload-world.ts';
import { preventableEvent } from './stand-in-app.ts';
import { invokeHandler, type StandInSenderFrame } from './stand-in-ipc-main.ts';
import { answerFor } from './stand-in-protocol.ts';
import { StandInSession } from './stand-in-session.ts';

type WindowOpenHandler = (details: { readonly url: string }) => { readonly action: string };

interface FrameNode {
  readonly frame: { readonly id: string; readonly url: string };
  readonly childFrames?: readonly FrameNode[];
}

/** Stands in for Electron's `WebContents`, over one page of Chromium. */
export class StandInWebContents extends EventEmitter {
  readonly session = new StandInSession();
  readonly #preloadContexts = new Map<number, string>();
  readonly #opened = Promise.withResolvers<{ readonly page: Page; readonly cdp: CDPSession }>();
  #onWindowOpen: WindowOpenHandler = () => ({ action: 'allow' });
  #isDestroyed = false;

  /** Whether the window was closed. */
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#onWindowOpen = handler;
  }

  /** Opens a page of Chromium with the preload in an isolated world. */
  async open(context: BrowserContext, preloadPath: string): Promise<void> {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await this.#watchPreloadWorld(cdp);
    const inSubframes = process.env[SUBFRAMES_VARIABLE] !== undefined;
    const scripts = pageScripts(await readFile(preloadPath, 'utf8'), inSubframes);
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.mainWorld });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: scripts.preloadWorld,
      worldName: PRELOAD_WORLD,
    });
    await page.route(/.*/, (route) => this.#decideRequest(route));
    page.on('popup', (popup) => this.#decidePopup(popup));
    page.on('download', (download) => this.session.decideDownload(download));
    page.once('close', () => {
      this.#isDestroyed = true;
    });
    this.#opened.resolve({ page, cdp });
  }

  /** Loads an address as the program, not as the page: no rule is asked. */
  async load(context: BrowserContext, url: string): Promise<void> {
    const { page } = await this.#opened.promise;
    const address = toChromium(url);
    await this.session.applyPermissions(context, this, new URL(address).origin);
    await page.goto(address);
  }

  async reload(): Promise<void> {
    const { page } = await this.#opened.promise;
    await page.reload();
  }

  async close(): Promise<void> {
    const { page } = await this.#opened.promise;
    await page.close();
  }

  /** Runs `listener` when the page is gone. */
  async whenClosed(): Promise<void> {
    const { page } = await this.#opened.promise;
    if (!page.isClosed()) await page.waitForEvent('close', { timeout: 0 });
  }

  /** Sends a message to the preload of every frame that has one. */
  send(channel: string, ...args: readonly unknown[]): void {
    for (const contextId of this.#preloadContexts.keys()) {
      void this.#tellPreload(contextId, { kind: 'event', channel, args });
    }
  }

  async #watchPreloadWorld(cdp: CDPSession): Promise<void> {
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== PRELOAD_WORLD) return;
      this.#preloadContexts.set(context.id, String(context.auxData?.['frameId']));
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.#preloadContexts.delete(executionContextId);
    });
    cdp.on('Runtime.executionContextsCleared', () => this.#preloadContexts.clear());
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === BINDING) void this.#answer(executionContextId, JSON.parse(payload));
    });
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD });
  }

  async #answer(contextId: number, { id, channel, args }: PreloadCall): Promise<void> {
    try {
      const senderFrame = await this.#frameOf(this.#preloadContexts.get(contextId));
      const value = await invokeHandler(channel, { sender: this, senderFrame }, args);
      await this.#tellPreload(contextId, { kind: 'answer', id, value });
    } catch (error) {
      await this.#tellPreload(contextId, { kind: 'failure', id, message: String(error) });
    }
  }

  async #frameOf(frameId: string | undefined): Promise<StandInSenderFrame> {
    const { cdp } = await this.#opened.promise;
    const { frameTree } = await cdp.send('Page.getFrameTree');
    const found = findFrame(frameTree, frameId, null);
    if (found === undefined) throw new Error('the sender’s frame is gone');
    return found;
  }

  /** A context that has just gone away takes no messages, which is what a closing page does. */
  async #tellPreload(contextId: number, message: PreloadMessage): Promise<void> {
    const { cdp } = await this.#opened.promise;
    const expression = `globalThis.${RECEIVER}(${JSON.stringify(JSON.stringify(message))})`;
    await cdp.send('Runtime.evaluate', { expression, contextId }).catch(() => {});
  }

  async #decideRequest(route: Route): Promise<void> {
    const request = route.request();
    const url = toElectron(request.url());
    if (
      request.isNavigationRequest() &&
      this.#isRefused(url, request.frame().parentFrame() === null)
    ) {
      return route.abort('aborted');
    }
    if (!MAPPED_ADDRESSES.test(request.url())) return route.continue();
    const response = await answerFor(url, request.method());
    if (response === undefined) return route.abort('addressunreachable');
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  #isRefused(url: string, isMainFrame: boolean): boolean {
    const frameEvent = { ...preventableEvent(), url, isMainFrame };
    this.emit('will-frame-navigate', frameEvent);
    if (!isMainFrame) return frameEvent.defaultPrevented;
    const event = { ...preventableEvent(), url, isMainFrame };
    this.emit('will-navigate', event);
    return frameEvent.defaultPrevented || event.defaultPrevented;
  }

  async #decidePopup(popup: Page): Promise<void> {
    const { action } = this.#onWindowOpen({ url: toElectron(popup.url()) });
    if (action === 'deny') await popup.close();
  }
}

function findFrame(
  { frame, childFrames }: FrameNode,
  frameId: string | undefined,
  parent: StandInSenderFrame | null,
): StandInSenderFrame | undefined {
  const here = { url: toElectron(frame.url), parent };
  if (frame.id === frameId) return here;
  for (const child of childFrames ?? []) {
    const found = findFrame(child, frameId, here);
    if (found !== undefined) return found;
  }
  return undefined;
}
