import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { findBrowser } from '#main/hosts/browser/find-browser.ts';
import { ENDPOINT_VARIABLE, SUBFRAMES_VARIABLE } from './chromium.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const HOST = join(ROOT, 'src-main', 'hosts', 'electron');
const REGISTER = new URL('./register.ts', import.meta.url).href;

/** How to run an Electron host without Electron. */
export interface StandInOptions {
  /** The host's arguments, for example `--data DIR --renderer DIR`. */
  readonly args: readonly string[];
  /** Modules that the host shall get instead of its own: import name to file URL. */
  readonly replacedModules?: Readonly<Record<string, string>>;
  /** Environment variables that the host shall have besides ours. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Puts the preload into sub frames too, where Electron does not run it, to try a caller there. */
  readonly isPreloadInSubframes?: boolean;
}

/** A host that runs on the stand-in, and its window as a Playwright page. */
export interface RunningStandIn {
  readonly page: Page;
  /** Everything the host has written to standard error so far. */
  readonly errorOutput: () => string;
  /** Resolves with the exit code when the host has ended by itself; null after a signal. */
  readonly ended: Promise<number | null>;
  /** Asks the host to stop and returns its exit code. */
  readonly stop: () => Promise<number | null>;
  /** Ends host and window at once, as a power cut would. */
  readonly kill: () => Promise<void>;
}

/**
 * Runs the unmodified Electron host under plain Node, with a real Chromium in place of Electron's.
 *
 * Resolves when the host says that it is ready; rejects with its last words if it ends before.
 */
export async function startElectronStandIn(options: StandInOptions): Promise<RunningStandIn> {
  const folder = await mkdtemp(join(tmpdir(), 'counterfoil-stand-in-'));
  const profile = join(folder, 'profile');
  const context = await openChromium(profile);
  const preload = await bundlePreload(folder);
  const child = spawn(
    process.execPath,
    [
      '--import',
      REGISTER,
      join(HOST, 'main.ts'),
      ...options.args,
      '--preload',
      preload,
      '--exit-with-parent',
    ],
    { cwd: ROOT, env: await environment(profile, options) },
  );
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const clean = async (): Promise<void> => {
    await context.close().catch(() => {});
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  void ended.then(clean);
  const isReady = await Promise.race([readyLine(child), ended.then(() => false)]);
  if (!isReady) throw new Error(`the host ended with code ${await ended}:\n${errors}`);
  const finish = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const code = await ended;
    await clean();
    return code;
  };
  return {
    page: windowOf(context),
    errorOutput: () => errors,
    ended,
    stop: () => finish('SIGTERM'),
    kill: async () => {
      await finish('SIGKILL');
    },
  };
}

function openChromium(profile: string): Promise<BrowserContext> {
  const found = process.env['COUNTERFOIL_BROWSER'];
  const executablePath =
    found ?? findBrowser({ platform: process.platform, environment: process.env });
  return chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    viewport: { width: 1280, height: 800 },
    args: [
      '--remote-debugging-port=0',
      '--disable-background-networking',
      // Chromium refuses to start its sandbox as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

async function bundlePreload(folder: string): Promise<string> {
  const outfile = join(folder, 'preload.cjs');
  await build({
    absWorkingDir: ROOT,
    entryPoints: [join(HOST, 'preload.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    external: ['electron'],
  });
  return outfile;
}

async function environment(
  profile: string,
  { replacedModules = {}, environment: extra = {}, isPreloadInSubframes = false }: StandInOptions,
): Promise<NodeJS.ProcessEnv> {
  const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  return {
    ...process.env,
    ...extra,
    [ENDPOINT_VARIABLE]: `http://127.0.0.1:${port}`,
    ELECTRON_STAND_IN_MODULES: JSON.stringify(replacedModules),
    ...(isPreloadInSubframes ? { [SUBFRAMES_VARIABLE]: '1' } : {}),
  };
}

async function readyLine({ stdout }: ChildProcess): Promise<boolean> {
  if (stdout === null) return false;
  for await (const line of createInterface({ input: stdout })) {
    if (line.startsWith('{"ready":true')) return true;
  }
  return false;
}

/** Chromium opens one empty page of its own; the host's window is the one that came after it. */
function windowOf(context: BrowserContext): Page {
  const page = context.pages().at(-1);
  if (page === undefined) throw new Error('the host has opened no window');
  return page;
}
