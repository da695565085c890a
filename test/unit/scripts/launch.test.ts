import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launch, type TerminalSurroundings } from '../../../scripts/launch/launch.ts';
import { clearLeftovers } from '../../../scripts/launch/leftovers.ts';
import { partProgram } from './fixtures/part-program.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-launch-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const journalOf = (name: string) => path.join(folder, `${name}.txt`);
const readJournal = (name: string) => readFileSync(journalOf(name), 'utf8').replace(/ \d+/, '');

function start({
  central = 'central',
  terminal = 'well',
  onLinkPrinter = () => {},
}: {
  central?: 'central' | 'closing-central';
  terminal?: 'well' | 'broken' | 'closing';
  onLinkPrinter?: (askForLink: () => void) => void;
} = {}) {
  const controller = new AbortController();
  const said: string[] = [];
  const given: TerminalSurroundings[] = [];
  const ended = launch({
    dataDirectory: folder,
    central: () => partProgram('central', journalOf('central'), central),
    terminal: (surroundings) => {
      given.push(surroundings);
      return partProgram('terminal', journalOf('terminal'), terminal);
    },
    printsLink: true,
    say: (line) => {
      said.push(line);
      if (line.endsWith(' fresh')) controller.abort();
    },
    stopping: controller.signal,
    onLinkPrinter,
  });
  return { ended, said, given, stop: () => controller.abort() };
}

describe('launch', () => {
  it('starts both, prints links, hands on the invitation and stops the till first', async () => {
    const { ended, said, given } = start({ onLinkPrinter: (askForLink) => askForLink() });
    expect(await ended).toBe(0);
    expect(given).toEqual([
      {
        data: path.join(folder, 'terminal'),
        central: 'address',
        demo: { enrolmentCode: 'CODE', fingerprint: 'FP' },
      },
    ]);
    expect(readJournal('terminal')).toBe('started\nstopped\n');
    expect(readJournal('central')).toBe('started\nstopped\n');
    expect(said.filter((line) => line.includes('link'))).toEqual([
      '\nOpen this link on this computer within 15 minutes:\n  address',
      '\nOpen this link on this computer within 15 minutes:\n  fresh',
    ]);
  });

  it('stops the central when the till ends by itself', async () => {
    const { ended, said } = start({ terminal: 'closing' });
    expect(await ended).toBe(0);
    expect(said.at(-1)).toBe('The till has ended');
    expect(readJournal('central')).toBe('started\nstopped\n');
  });

  it('lets the till sell on when the central ends', async () => {
    const { ended, said, stop } = start({ central: 'closing-central' });
    await expect
      .poll(() => said, { timeout: 5_000 })
      .toContain('The central has ended with code 0; the till sells on');
    expect(readJournal('terminal')).toBe('started\n');
    stop();
    expect(await ended).toBe(0);
  });

  it('says why a part did not start, and leaves nothing running', async () => {
    const { ended, said } = start({ terminal: 'broken' });
    expect(await ended).toBe(1);
    expect(said.at(-1)).toBe('terminal did not start: it ended with code 3\n  the disk is full');
    expect(readJournal('central')).toBe('started\nstopped\n');
  });

  it('shows words and keeps log lines in the log', async () => {
    const { ended, said } = start({ terminal: 'closing' });
    await ended;
    expect(said).toContain('a word to the person');
    expect(said.join('\n')).not.toContain('a line for the log');
    const log = path.join(folder, 'logs/terminal.log');
    expect(readFileSync(log, 'utf8')).toContain('a line for the log');
    expect(statSync(log).mode & 0o077).toBe(0);
  });

  it('leaves nothing behind when it is killed', async () => {
    const launcher = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'fixtures/launch-main.ts'), folder],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    await new Promise<void>((resolve) => {
      createInterface({ input: launcher.stdout }).on('line', (line) => {
        if (line === 'running') resolve();
      });
    });
    launcher.kill('SIGKILL');
    await clearLeftovers(folder, () => {});
    expect(readJournal('terminal')).toBe('started\norphaned\n');
    expect(readJournal('central')).toBe('started\norphaned\n');
  });
});
