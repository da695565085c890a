import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLogFile } from '#main/adapters/system/log-file.ts';
import { createPinoLog } from '#main/adapters/system/pino-log.ts';
import { makeTemporaryFolder } from '#test/helpers/terminal-database.ts';

test('a log holds lines of JSON, errors with their message, and no secret', () => {
  using folder = makeTemporaryFolder();
  const path = join(folder.path, 'new', 'terminal.log');
  const log = createPinoLog(path);
  log.warn({ operation: 'session.sign-in', pin: '2580', input: { newPin: '2581' } }, 'refused');
  log.error({ error: new Error('the driver broke') }, 'failed');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      level: 'warn',
      operation: 'session.sign-in',
      pin: '[secret]',
      input: { newPin: '[secret]' },
      msg: 'refused',
    },
    { level: 'error', error: { message: 'the driver broke' }, msg: 'failed' },
  ]);
});

test('a full disk takes no line, and ends nothing', () => {
  const log = createPinoLog('/dev/full');
  expect(() => log.error({ faults: [] }, 'out of service')).not.toThrow();
});

test('a log that has become large begins again, and the one before is kept', () => {
  using folder = makeTemporaryFolder();
  const path = join(folder.path, 'terminal.log');
  const file = openLogFile(path, 20);
  for (let line = 1; line <= 8; line += 1) file.write(`this is line ${line}\n`);
  expect(readdirSync(folder.path).sort()).toEqual(['terminal.log', 'terminal.log.1']);
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('this is line 5\nthis is line 6\n');
  expect(readFileSync(path, 'utf8')).toBe('this is line 7\nthis is line 8\n');
});
