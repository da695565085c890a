import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listProgram } from '#main/adapters/system/software-identity.ts';
import type { TerminalConfiguration } from '#main/terminal/configuration.ts';
import { startTerminal } from '#main/terminal/start-terminal.ts';
import type { Terminal } from '#main/terminal/terminal.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '#test/helpers/terminal-database.ts';

let folder: TemporaryFolder;
let configuration: TerminalConfiguration;

/** A program folder as it is shipped: with the list of what its files are. */
beforeEach(() => {
  folder = makeTemporaryFolder();
  const programDirectory = join(folder.path, 'program');
  const main = join(programDirectory, 'dist/main');
  mkdirSync(main, { recursive: true });
  writeFileSync(join(main, 'main.js'), 'sell();\n');
  writeFileSync(join(programDirectory, 'package.json'), '{ "version": "1.2.3" }\n');
  cpSync('migrations/terminal', join(programDirectory, 'migrations/terminal'), { recursive: true });
  const parts = ['dist/main', 'migrations', 'package.json'];
  writeFileSync(join(programDirectory, 'program.sha256'), listProgram({ programDirectory, parts }));
  const dataDirectory = join(folder.path, 'data');
  mkdirSync(dataDirectory);
  configuration = {
    dataDirectory,
    secondJournalDirectory: join(folder.path, 'second'),
    vaultDirectory: join(folder.path, 'vault'),
    programDirectory,
    rendererDirectory: join(programDirectory, 'dist/renderer'),
    centralUrl: null,
    printer: { kind: 'virtual', columns: 48 },
    demo: null,
    configurationHash: createHash('sha256').digest('hex') as never,
  };
});

afterEach(() => folder[Symbol.dispose]());

async function start(): Promise<Terminal> {
  const started = await startTerminal(configuration);
  invariant(started.ok, 'nobody else holds the data');
  return started.value;
}

async function answerOf({ transport }: Terminal, operation: string, input: object) {
  const { outcome } = await transport.handle({ kind: 'request', id: 1, operation, input });
  return outcome.ok ? outcome.value : outcome.failure.code;
}

test('a program that is as it was shipped starts', async () => {
  const terminal = await start();
  const { phase, software } = (await answerOf(terminal, 'terminal.show', {})) as Snapshot;
  expect({ phase, version: software.version }).toEqual({
    phase: { kind: 'needs-enrolment' },
    version: '1.2.3',
  });
  await terminal.stop();
});

test('one byte changed in a program file: out of service, and no data is opened', async () => {
  appendFileSync(join(configuration.programDirectory, 'dist/main/main.js'), ' ');
  const terminal = await start();
  const { phase } = (await answerOf(terminal, 'terminal.show', {})) as Snapshot;
  expect(phase).toMatchObject({
    kind: 'out-of-service',
    faults: [{ check: 'program files', detail: 'changed: dist/main/main.js' }],
  });
  const operatorId = '01900000-0000-7000-8000-000000000001';
  const identification = { method: 'name', operatorId };
  expect(await answerOf(terminal, 'session.sign-in', { identification, pin: '2580' })).toBe(
    'terminal.out-of-service',
  );
  expect(readdirSync(folder.path).sort()).toEqual(['data', 'program']);
  await terminal.stop();
});
