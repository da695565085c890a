import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const PARENT_CHECK_MS = 200;
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const OWN_GROUP = process.platform !== 'win32';
const STARTERS = starters();

/**
 * Runs a program of the product under the given Node until it ends, as if it had been called in our
 * place: it gets our arguments, output, standard input and signals, and we end as it ends.
 *
 * Its standard input stays open as long as we live, even when ours ends, so the end of it means to
 * the program: whoever started you is gone.
 *
 * @param {{
 *   node: string,
 *   root: string,
 *   entry: string,
 *   args: readonly string[],
 *   environment: NodeJS.ProcessEnv,
 *   forwardsInput: boolean,
 * }} run
 * @returns {Promise<number>} the exit code
 */
export async function runEntry({ node, root, entry, args, environment, forwardsInput }) {
  const child = spawn(node, [path.join(root, entry), ...args], {
    env: withFirstOnPath(path.dirname(node), environment),
    stdio: ['pipe', 'inherit', 'inherit'],
    // A group of its own: a Ctrl-C arrives through us alone, and the program decides what stops first.
    detached: OWN_GROUP,
  });
  // Writing to a program that has just ended is no fault of ours.
  child.stdin.on('error', () => {});
  if (forwardsInput) {
    process.stdin.on('error', () => {});
    process.stdin.pipe(child.stdin, { end: false });
  }
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (OWN_GROUP) child.kill(signal);
    });
  }
  endWithNpm(child);
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/**
 * npm that was killed cannot tell us; a change of our starters does.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function endWithNpm(child) {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const check = setInterval(() => {
    if (starters() === STARTERS) return;
    clearInterval(check);
    child.kill('SIGTERM');
  }, PARENT_CHECK_MS);
  check.unref();
}

/** Our parent, which may be a shell between npm and us, and where it can be read the parent's parent. */
function starters() {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`;
  } catch {
    return `${process.ppid}`;
  }
}

/**
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} environment
 * @returns {NodeJS.ProcessEnv}
 */
function withFirstOnPath(folder, environment) {
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...environment, [name]: `${folder}${path.delimiter}${environment[name] ?? ''}` };
}
