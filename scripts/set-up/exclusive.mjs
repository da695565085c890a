import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { listenAt } from './lock-socket.mjs';
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
  let holder = await listenAt(name);
  if (holder === undefined) onWait();
  while (holder === undefined) {
    if (Date.now() > deadline) throw new SetUpRefusal(refusal);
    await delay(RETRY_MS);
    holder = await listenAt(name);
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
