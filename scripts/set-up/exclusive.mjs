import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SetUpRefusal } from './refusal.mjs';

const RETRY_MS = 250;

/**
 * Runs `work` while no other process on this computer runs work for the same purpose and folder.
 *
 * The lock is a listening socket, because the kernel releases it with the process that holds it:
 * a killed start leaves nothing to clear, and a process number used again cannot fool anyone.
 *
 * @template T
 * @param {{
 *   purpose: string,
 *   folder: string,
 *   waitMs: number,
 *   onWait: () => void,
 *   refusal: string,
 * }} lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} refuses with SetUpRefusal(`refusal`) when the other process still works after `waitMs`
 */
export async function exclusively({ purpose, folder, waitMs, onWait, refusal }, work) {
  const name = socketName(purpose, folder);
  const deadline = Date.now() + waitMs;
  let holder = await listen(name);
  if (holder === undefined) onWait();
  while (holder === undefined) {
    if (Date.now() > deadline) throw new SetUpRefusal(refusal);
    await delay(RETRY_MS);
    holder = await listen(name);
  }
  try {
    return await work();
  } finally {
    holder.close();
  }
}

/**
 * @param {string} purpose
 * @param {string} folder
 */
function socketName(purpose, folder) {
  const digest = createHash('sha256')
    .update(`${purpose}\0${path.resolve(folder)}`)
    .digest('hex');
  const name = `counterfoil-${digest.slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return path.join(tmpdir(), `${name}.sock`);
}

/**
 * @param {string} name
 * @returns {Promise<import('node:net').Server | undefined>} undefined when another process listens
 */
function listen(name) {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(name, () => {
      server.unref();
      resolve(server);
    });
  });
}
