import { type BrowserContext, chromium } from '@playwright/test';

/** The environment variable that names the browser's DevTools address. */
export const ENDPOINT_VARIABLE = 'ELECTRON_STAND_IN_ENDPOINT';

/** The environment variable that makes the preload run in sub frames too. */
export const SUBFRAMES_VARIABLE = 'ELECTRON_STAND_IN_PRELOAD_IN_SUBFRAMES';

let connection: Promise<BrowserContext> | undefined;

/** The Chromium that stands in for Electron's, connected to once. */
export function chromiumContext(): Promise<BrowserContext> {
  connection ??= connect();
  return connection;
}

async function connect(): Promise<BrowserContext> {
  const endpoint = process.env[ENDPOINT_VARIABLE];
  if (endpoint === undefined) throw new Error(`${ENDPOINT_VARIABLE} is not set`);
  const browser = await chromium.connectOverCDP(endpoint);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('Chromium has no default context');
  return context;
}
