import { join } from 'node:path';
import type { TerminalStarter } from '#main/hosts/shared/hosted-terminal.ts';
import { tellLauncher, tellPerson, whenAskedToStop } from '#main/hosts/shared/lifecycle.ts';
import { type HostArguments, readHostArguments } from '#main/hosts/shared/read-host-arguments.ts';
import { browserArguments } from './browser-arguments.ts';
import { findBrowser } from './find-browser.ts';
import { keepBrowserOpen, type OpenBrowser } from './keep-browser-open.ts';
import { type BrowserHost, startBrowserHost } from './start-browser-host.ts';

/** How long a link lives that a browser opens by itself, at once. */
const LAUNCHED_LINK_MS = 60_000;

/** How long a link lives that a person opens, perhaps after walking to another computer's keyboard. */
const PRINTED_LINK_MINUTES = 15;
const PRINTED_LINK_MS = PRINTED_LINK_MINUTES * 60_000;

/** Exit code for a command line or a configuration that cannot be used. */
const EXIT_UNUSABLE = 2;

/**
 * Runs the till behind a browser until it is asked to stop. Returns the exit code.
 *
 * Standard output carries one JSON line when the till is ready and one for every `link` read from
 * standard input; everything meant for a person goes to standard error.
 */
export async function runBrowserHost(
  argv: readonly string[],
  openTerminal: TerminalStarter,
): Promise<number> {
  const parsed = readHostArguments(argv);
  if (!parsed.ok) return giveUp(parsed.failure);
  const terminal = await openTerminal(parsed.value);
  if (!terminal.ok) return giveUp(terminal.failure);
  const { transport } = terminal.value;
  const host = await startBrowserHost({
    transport,
    rendererDirectory: parsed.value.rendererDirectory,
    monotonicMs,
  });
  await show(host, parsed.value);
  await host.stop();
  await terminal.value.stop();
  return 0;
}

/** Resolves when the till shall stop. */
async function show(host: BrowserHost, given: HostArguments): Promise<void> {
  const asked = whenAskedToStop({
    exitsWithParent: given.exitsWithParent,
    onLinkAsked: () => {
      const link = host.issueLink(PRINTED_LINK_MS);
      tellLauncher({ link, expiresInMinutes: PRINTED_LINK_MINUTES });
    },
  });
  const path = browserPath(given);
  if (path === undefined) {
    tellLauncher({ ready: true, url: host.issueLink(PRINTED_LINK_MS) });
    return asked;
  }
  const firstLink = host.issueLink(LAUNCHED_LINK_MS);
  tellLauncher({ ready: true, url: firstLink });
  const closed = Promise.withResolvers<void>();
  const browser = openBrowser(path, firstLink, host, given, closed.resolve);
  await Promise.race([asked, closed.promise]);
  await browser.stop();
}

function browserPath({ browser }: HostArguments): string | undefined {
  if (browser === 'none') return undefined;
  const path =
    browser.path ?? findBrowser({ platform: process.platform, environment: process.env });
  if (path === undefined)
    tellPerson('No Chromium, Chrome or Edge was found: open the link yourself.');
  return path;
}

function openBrowser(
  path: string,
  firstLink: string,
  host: BrowserHost,
  { dataDirectory, isKiosk, browser }: HostArguments,
  onClosed: () => void,
): OpenBrowser {
  const links = [firstLink];
  return keepBrowserOpen({
    path,
    isKiosk,
    monotonicMs,
    onClosed,
    nextArguments: () =>
      browserArguments({
        link: links.pop() ?? host.issueLink(LAUNCHED_LINK_MS),
        profileDirectory: join(dataDirectory, 'browser-profile'),
        isKiosk,
        isSandboxed: browser === 'none' || browser.isSandboxed,
      }),
    onGivenUp: () => {
      const link = host.issueLink(PRINTED_LINK_MS);
      tellPerson(`The browser ended again and again and is not started any more. Open ${link}`);
    },
  });
}

function giveUp(reason: string): number {
  tellPerson(reason);
  return EXIT_UNUSABLE;
}

function monotonicMs(): number {
  return performance.now();
}
