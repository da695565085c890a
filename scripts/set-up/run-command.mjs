import { spawn } from 'node:child_process';

const KEPT_CHARACTERS = 20_000;
const TICK_MS = 10_000;

/**
 * Runs a program to its end without showing its output, and tells every ten seconds that it still runs.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{
 *   folder: string,
 *   environment?: NodeJS.ProcessEnv,
 *   limitMs?: number,
 *   onTick?: (seconds: number) => void,
 * }} options
 * @returns {Promise<{ succeeded: boolean, output: string }>} `output` is the end of what it wrote; a
 *   program that does not exist or reaches its time limit has not succeeded
 */
export function runCommand(command, args, { folder, environment, limitMs, onTick }) {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(command, args, {
      cwd: folder,
      env: environment ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(limitMs === undefined ? {} : { timeout: limitMs, killSignal: 'SIGKILL' }),
    });
    let output = '';
    const keep = (/** @type {string} */ text) => {
      output = (output + text).slice(-KEPT_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const ticker = setInterval(() => onTick?.(Math.round((Date.now() - started) / 1000)), TICK_MS);
    const end = (/** @type {boolean} */ succeeded) => {
      clearInterval(ticker);
      resolve({ succeeded, output: output.trim() });
    };
    child.once('error', (error) => {
      keep(error.message);
      end(false);
    });
    child.once('close', (code) => end(code === 0));
  });
}
