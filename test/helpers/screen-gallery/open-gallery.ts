import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { findBrowser } from '#main/hosts/browser/find-browser.ts';
import { contentSecurityPolicy } from '#main/hosts/shared/security-headers.ts';
import type { HeardTone } from './page/heard-tone.ts';
import type { MeasuredControl } from './page/measured-control.ts';

/** What `page/main.tsx` puts into the page; this file is compiled without the page's types. */
declare global {
  var gallery: {
    readonly sceneNames: readonly string[];
    show(name: string, appearance: { theme: string; panel: string }): readonly string[];
    comeToRest(): Promise<void>;
    measureControls(): readonly MeasuredControl[];
    findOverflow(): readonly string[];
    hearTone(result: 'sold' | 'not-sold'): Promise<HeardTone>;
  };
}

/** A panel to show a scene on. */
export interface Panel {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly theme?: 'dark' | 'light';
  readonly targets?: 'ten-inch' | 'eight-inch';
}

/** Every screen of the product in a real browser, with a scripted terminal behind it. */
export interface Gallery {
  readonly page: Page;
  readonly sceneNames: readonly string[];
  /** What the browser complained of since the last scene: errors, and breaches of the policy. */
  complaints(): readonly string[];
  show(scene: string, panel: Panel): Promise<void>;
  controls(): Promise<readonly MeasuredControl[]>;
  /** The parts that scroll or cut their content off. */
  overflow(): Promise<readonly string[]>;
  /** The tone of a result, as a speaker would get it. */
  hearTone(result: 'sold' | 'not-sold'): Promise<HeardTone>;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/** Builds the gallery, serves it under the product's own content security policy, and opens it. */
export async function openGallery(): Promise<Gallery> {
  const folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-gallery-'));
  await buildPage(folder);
  const server = await serve(folder);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/index.html`;
  const browser = await launchBrowser();
  const page = await (await browser.newContext()).newPage();
  let complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return {
    page,
    sceneNames: await page.evaluate(() => globalThis.gallery.sceneNames),
    complaints: () => complaints,
    async show(scene, { width, height, theme = 'dark', targets = 'ten-inch' }) {
      complaints = [];
      await page.setViewportSize({ width, height });
      const presses = await page.evaluate(
        ([name, appearance]) => globalThis.gallery.show(name, appearance),
        [scene, { theme, panel: targets }] as const,
      );
      await page.evaluate('document.fonts.ready.then(() => undefined)');
      const comeToRest = () => page.evaluate(() => globalThis.gallery.comeToRest());
      await comeToRest();
      for (const name of presses) {
        await page.getByRole('button', { name, exact: true }).click();
        await comeToRest();
      }
    },
    controls: () => page.evaluate(() => globalThis.gallery.measureControls()),
    overflow: () => page.evaluate(() => globalThis.gallery.findOverflow()),
    hearTone: (result) => page.evaluate((wanted) => globalThis.gallery.hearTone(wanted), result),
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Built like the product's own page, and never part of it. */
async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'page'),
    base: './',
    plugins: [react()],
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
    },
  });
}

function launchBrowser(): Promise<Browser> {
  const executablePath =
    process.env['COUNTERFOIL_BROWSER'] ??
    findBrowser({ platform: process.platform, environment: process.env });
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--disable-background-networking',
      // Chromium refuses to start its sandbox as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

function serve(folder: string): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const file = path.join(folder, path.normalize(new URL(url, 'http://till').pathname));
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy(),
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
