import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeTemporaryFolder } from '#test/helpers/terminal-database.ts';

const REFUSE_ELECTRON = new URL('../hosts/fixtures/refuse-electron.ts', import.meta.url).href;
const BROWSER_HOST = fileURLToPath(
  new URL('../../../src-main/hosts/browser/main.ts', import.meta.url),
);

test('the whole till starts and stops in a process where looking for Electron throws', async () => {
  using folder = makeTemporaryFolder();
  const renderer = join(folder.path, 'renderer');
  mkdirSync(renderer);
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>Till</title>');
  const options = ['--data', join(folder.path, 'data'), '--renderer', renderer, '--no-launch'];
  const till = spawn(process.execPath, ['--import', REFUSE_ELECTRON, BROWSER_HOST, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, XDG_STATE_HOME: folder.path },
  });
  const [line] = (await once(createInterface({ input: till.stdout }), 'line')) as [string];
  expect(JSON.parse(line)).toMatchObject({
    ready: true,
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//),
  });
  till.kill('SIGTERM');
  expect(await once(till, 'exit')).toEqual([0, null]);
});
