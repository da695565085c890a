import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { checkFolderIsLocal } from '#main/adapters/system/check-folder-is-local.ts';
import { createDiskSpace } from '#main/adapters/system/disk-space.ts';
import { createPinoLog } from '#main/adapters/system/pino-log.ts';
import { createSystemClock } from '#main/adapters/system/system-clock.ts';
import { createIdSource, createSystemRandom } from '#main/adapters/system/system-randomness.ts';
import { createSystemTimers } from '#main/adapters/system/system-timers.ts';
import { isUuid, type OrderId } from '#shared/kernel/ids.ts';
import { epochOf } from '#shared/kernel/instant.ts';
import { makeTemporaryFolder } from '#test/helpers/terminal-database.ts';

test('the clock tells this time, and one that every thread shares', async () => {
  const clock = createSystemClock();
  expect(Math.abs(epochOf(clock.wall()) - Date.now())).toBeLessThan(1_000);
  const before = clock.monotonicMs();
  const worker = new Worker(
    "require('node:worker_threads').parentPort.postMessage(Number(process.hrtime.bigint()) / 1e6)",
    { eval: true },
  );
  const [elsewhere] = await once(worker, 'message');
  expect(elsewhere).toBeGreaterThanOrEqual(before);
  expect(elsewhere).toBeLessThanOrEqual(clock.monotonicMs());
});

test('ids are new each time and sort by time', () => {
  const clock = createSystemClock();
  const ids = createIdSource(clock, createSystemRandom());
  const made = Array.from({ length: 1_000 }, () => ids.next<OrderId>());
  expect(new Set(made).size).toBe(1_000);
  expect(made.every(isUuid)).toBe(true);
  const stamps = made.map((id) => id.slice(0, 13));
  expect(stamps).toEqual(stamps.toSorted());
});

test('timers run until they are cancelled', async () => {
  const timers = createSystemTimers();
  const runs: string[] = [];
  const stop = timers.every(5, () => runs.push('every'));
  const cancel = timers.after(5, () => runs.push('never'));
  cancel();
  await new Promise<void>((resolve) => timers.after(60, resolve));
  stop();
  const count = runs.length;
  await new Promise<void>((resolve) => timers.after(30, resolve));
  expect(count).toBeGreaterThan(1);
  expect(runs).toEqual(Array.from({ length: count }, () => 'every'));
});

test('a folder on this disk is local and has room', () => {
  using folder = makeTemporaryFolder();
  expect(checkFolderIsLocal(folder.path)).toEqual({ ok: true, value: folder.path });
  expect(createDiskSpace(folder.path).freeBytes()).toBeGreaterThan(0);
  expect(checkFolderIsLocal('\\\\server\\share')).toEqual({
    ok: false,
    failure:
      '\\\\server\\share is on a network drive (a Windows share); choose a folder on this computer',
  });
});

test('the log writes lines at once, and no secret', () => {
  using folder = makeTemporaryFolder();
  const path = join(folder.path, 'logs', 'terminal.log');
  const log = createPinoLog(path);
  log.info({ seq: 4 }, 'sold');
  log.warn({ input: { pin: '135791' }, token: 'abc' }, 'refused');
  log.error({ error: new Error('no paper') }, 'failed');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 'info', time: expect.stringMatching(/Z$/), seq: 4, msg: 'sold' },
    {
      level: 'warn',
      time: expect.stringMatching(/Z$/),
      input: { pin: '[secret]' },
      token: '[secret]',
      msg: 'refused',
    },
    expect.objectContaining({ level: 'error', msg: 'failed' }),
  ]);
  expect(lines[2]).toContain('no paper');
});
