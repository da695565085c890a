import { type ChildProcess, spawn } from 'node:child_process';
import { createRestartLimit } from '#main/hosts/shared/restart-limit.ts';
import { afterBrowserExit } from './after-browser-exit.ts';

/** What is needed to keep a window of the till open. */
export interface BrowserOptions {
  readonly path: string;
  readonly isKiosk: boolean;
  /** The command line for one start; asked again for each, because a link opens only one window. */
  readonly nextArguments: () => readonly string[];
  readonly monotonicMs: () => number;
  /** Called once when a person closed the window. */
  readonly onClosed: () => void;
  /** Called once when the browser died so often that it is not started again. */
  readonly onGivenUp: () => void;
}

/** A browser window that comes back when it dies. */
export interface OpenBrowser {
  /** Closes the window for good. */
  readonly stop: () => Promise<void>;
}

/** Opens the browser, and opens it again when it dies, three times in a minute at most. */
export function keepBrowserOpen(options: BrowserOptions): OpenBrowser {
  const { path, isKiosk, nextArguments, monotonicMs, onClosed, onGivenUp } = options;
  const restarts = createRestartLimit(monotonicMs);
  let isStopping = false;
  let running = open();

  function open(): ChildProcess {
    const startedAtMs = monotonicMs();
    const child = spawn(path, nextArguments(), { stdio: 'ignore' });
    const ended = (code: number | null): void => {
      if (!isStopping) decide(code, monotonicMs() - startedAtMs);
    };
    child.once('error', () => ended(null));
    child.once('exit', ended);
    return child;
  }

  function decide(code: number | null, ranForMs: number): void {
    const fate = afterBrowserExit({ code, ranForMs, isKiosk });
    if (fate === 'closed') onClosed();
    else if (fate === 'died' && restarts.allows()) running = open();
    else if (fate === 'died') onGivenUp();
  }

  return {
    async stop() {
      isStopping = true;
      if (running.pid === undefined || hasEnded(running)) return;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGTERM');
      const impatience = setTimeout(() => running.kill('SIGKILL'), GOODBYE_MS);
      await gone;
      clearTimeout(impatience);
    },
  };
}

/** How long a browser has to close by itself before it is ended. */
const GOODBYE_MS = 3_000;

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
