import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listenAt } from '../../../scripts/set-up/lock-socket.mjs';

let folder: string;
let socket: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-lock-'));
  socket = path.join(folder, 'lock.sock');
});

afterEach(() => rmSync(folder, { recursive: true }));

it('takes a socket file that nobody listens at, leaves one that somebody does', async () => {
  const first = await listenAt(socket);
  expect([first?.listening, await listenAt(socket)]).toEqual([true, undefined]);
  first?.close();
  const second = await listenAt(socket);
  expect(second?.listening).toBe(true);
  second?.close();
});

it('clears away the socket file of a listener that was killed', async () => {
  const program = `require('net').createServer().listen(${JSON.stringify(socket)}, () => console.log())`;
  const holder = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  expect([await listenAt(socket), existsSync(socket)]).toEqual([undefined, true]);

  holder.kill('SIGKILL');
  await once(holder, 'close');
  expect([await listenAt(socket), existsSync(socket)]).toEqual([undefined, false]);
  const server = await listenAt(socket);
  expect(server?.listening).toBe(true);
  server?.close();
});
