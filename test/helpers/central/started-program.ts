import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = new URL('../../../src-central/server.ts', import.meta.url);

/** A central in a process of its own. */
export interface CentralProcess {
  readonly url: string;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

/** Starts `src-central/server.ts`, or another program like it, and waits until it can be used. */
export async function startCentralProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  program = SERVER,
): Promise<CentralProcess> {
  const child = spawn(process.execPath, [fileURLToPath(program), ...args], {
    env: { ...process.env, ...environment },
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + String(chunk)).slice(-4_000);
  });
  const ready = await firstLine(child);
  if (ready === undefined) throw new Error(`the central did not start: ${complaints}`);
  const { url } = JSON.parse(ready) as { readonly url: string };
  return {
    url,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string | undefined> {
  for await (const line of createInterface(child.stdout)) return line;
  return undefined;
}

async function end(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
