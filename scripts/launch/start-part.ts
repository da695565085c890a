import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { jsonOf, type ReadyLine, readyLine } from './part-lines.ts';

const READY_LIMIT_MS = 120_000;
const STOP_GRACE_MS = 15_000;
const SHOWN_LINES = 15;

/** A program that `npm start` runs. */
export interface Program {
  /** What it is called in messages and in the name of its log. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What its environment has beyond ours. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a part's output is used for. */
export interface PartListeners {
  /** Gets the process number at once, long before the part is ready. */
  readonly onSpawned: (processId: number) => void;
  /** Gets every JSON line after the first. */
  readonly onLine: (value: unknown) => void;
  /** Gets what the part says to the person at the keyboard. */
  readonly onWords: (line: string) => void;
}

/** A running program that has said that it is ready. */
export interface Part {
  readonly ready: ReadyLine;
  /** Resolves with the exit code, or with 1 after a signal. */
  readonly ended: Promise<number>;
  readonly send: (line: string) => void;
  /** Asks it to stop, and after 15 s makes it stop. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a program and waits for its ready line; refuses with its last words when it ends before
 * that, when it is not ready after two minutes, or when `stopping` is aborted.
 *
 * Its standard input stays open for as long as this process lives, so that it notices our death. Its
 * log lines are JSON and go to a file alone; any other line is meant for the person.
 */
export async function startPart(
  program: Program,
  logFolder: string,
  listeners: PartListeners,
  stopping: AbortSignal,
): Promise<Result<Part, string>> {
  const child = spawn(program.command, program.args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...program.environment },
  });
  if (child.pid !== undefined) listeners.onSpawned(child.pid);
  // Writing to a program that has just ended is no fault of ours.
  child.stdin.on('error', () => {});
  const ended = endOf(child);
  const stop = () => stopChild(child, ended);
  const words = keepLog(child.stderr, logFile(logFolder, program.name), listeners.onWords);
  const first = await Promise.race([
    readyLineOf(child.stdout, listeners.onLine),
    ended.then((code) => `it ended with code ${code}`),
    afterMs(READY_LIMIT_MS, stopping),
  ]);
  if (typeof first !== 'string') {
    const send = (line: string) => void child.stdin.write(`${line}\n`);
    return ok({ ready: first, ended, send, stop });
  }
  await stop();
  return refuse([`${program.name} did not start: ${first}`, ...words()].join('\n  '));
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

async function stopChild(child: ChildProcess, ended: Promise<number>): Promise<void> {
  child.kill('SIGTERM');
  const last = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
  await ended;
  clearTimeout(last);
}

function readyLineOf(output: Readable, onLine: (value: unknown) => void): Promise<ReadyLine> {
  return new Promise((resolve) => {
    let isReady = false;
    createInterface({ input: output }).on('line', (line) => {
      const value = jsonOf(line);
      const parsed = readyLine.safeParse(value);
      if (isReady) onLine(value);
      else if (parsed.success) {
        isReady = true;
        resolve(parsed.data);
      }
    });
  });
}

/** Resolves with the reason when there is no more point in waiting. */
function afterMs(limitMs: number, stopping: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`it was not ready after ${limitMs / 1000} s`), limitMs).unref();
    stopping.addEventListener('abort', () => resolve('it was stopped'), { once: true });
    if (stopping.aborted) resolve('it was stopped');
  });
}

/** For this user alone: a part may have said a link into the till. */
function logFile(folder: string, name: string): WriteStream {
  mkdirSync(folder, { recursive: true });
  return createWriteStream(path.join(folder, `${name}.log`), { mode: 0o600 });
}

/** Returns what gives the last lines written. */
function keepLog(
  output: Readable,
  log: WriteStream,
  onWords: (line: string) => void,
): () => readonly string[] {
  const last: string[] = [];
  createInterface({ input: output }).on('line', (line) => {
    log.write(`${line}\n`);
    last.push(line);
    if (last.length > SHOWN_LINES) last.shift();
    if (!line.startsWith('{')) onWords(line);
  });
  output.once('close', () => log.end());
  return () => last;
}
