import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Command } from './stages.ts';

/** What a program runs with. */
export interface ProgramSurroundings {
  readonly root: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends the program, and everything it has started, when aborted. */
  readonly stopping: AbortSignal;
  /** Gets what the program writes, piece by piece; without it the person sees it at once. */
  readonly onOutput?: (piece: Buffer) => void;
}

/** Runs a script of Node; resolves with whether it ended well. */
export function runProgram(
  [program, ...args]: Command,
  { root, environment, stopping, onOutput }: ProgramSurroundings,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (stopping.aborted) return resolve(false);
    const hasGroups = process.platform !== 'win32';
    const output = onOutput === undefined ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, [path.join(root, program), ...args], {
      cwd: root,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...environment },
      detached: hasGroups,
    });
    if (onOutput !== undefined) {
      child.stdout?.on('data', onOutput);
      child.stderr?.on('data', onOutput);
    }
    const end = () => {
      if (hasGroups && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      else child.kill();
    };
    stopping.addEventListener('abort', end, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      stopping.removeEventListener('abort', end);
      resolve(code === 0);
    });
  });
}
