import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChildProgram } from '../fixtures/child-program.ts';
import { expect, test } from '../fixtures/terminal-test.ts';

const HOST = 'src-main/hosts/browser/main.ts';

for (const [title, content] of [
  ['is no JSON', '{ "printer": '],
  ['has an unknown field', '{ "printer": { "kind": "virtual", "columns": 48 }, "colour": "red" }'],
  ['has a value that does not fit', '{ "printer": { "kind": "virtual", "columns": 40 } }'],
] as const) {
  test(`a configuration file that ${title} is one clear line and exit code 2`, () => {
    const data = test.info().outputPath('data');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'configuration.json'), content);
    const run = spawnSync(process.execPath, [HOST, '--data', data, '--no-launch'], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(run.status).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(/^[^\n]*configuration\.json[^\n]+\n$/);
  });
}

test('the till says when it is ready, in one line, and SIGTERM ends it with 0', async () => {
  const data = test.info().outputPath('data');
  const till = await startChildProgram([HOST, '--data', data, '--no-launch']);
  expect(till.ready).toEqual({
    ready: true,
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
  });
  expect(await till.stop()).toBe(0);
  expect(till.errorOutput()).toBe('');
});
