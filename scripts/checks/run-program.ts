import { spawn } from 'node:child_process';
import path from 'node:path';

/** What a program runs with. */
export interface ProgramSurroundings {
  readonly root: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends the program, and everything it has started, when aborted. */
  readonly stopping: AbortSignal;
}

/** Runs a script of Node in view of the person; resolves with whether it ended well. */
export function runProgram(
  [program, ...args]: readonly [program: string, ...args: string[]],
  { root, environment, stopping }: ProgramSurroundings,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (stopping.aborted) return resolve(false);
    const hasGroups = process.platform !== 'win32';
    const child = spawn(process.execPath, [path.join(root, program), ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
      detached: hasGroups,
    });
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
