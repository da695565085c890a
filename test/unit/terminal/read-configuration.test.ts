import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TerminalOptions } from '#main/terminal/configuration.ts';
import { readConfiguration } from '#main/terminal/read-configuration.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'counterfoil-configuration-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('readConfiguration', () => {
  it('works without a file', () => {
    const read = readConfiguration(options({ centralUrl: 'http://127.0.0.1:4000' }));
    expect(read.ok && { ...read.value, configurationHash: '' }).toStrictEqual({
      dataDirectory: directory,
      secondJournalDirectory: `${directory}-second-copy`,
      vaultDirectory: path.join(homedir(), '.local/state/counterfoil/vault'),
      programDirectory: '/program',
      rendererDirectory: '/program/dist/renderer',
      centralUrl: 'http://127.0.0.1:4000',
      printer: { kind: 'virtual', columns: 48 },
      demo: null,
      configurationHash: '',
    });
  });

  it('takes what the file says, and the command line before it', () => {
    write({
      centralUrl: 'https://central.example',
      secondJournalDirectory: '/media/card',
      vaultDirectory: '/var/keys',
      printer: { kind: 'virtual', columns: 32 },
    });
    const fromFile = readConfiguration(options());
    const fromBoth = readConfiguration(options({ centralUrl: 'https://other.example' }));
    expect(fromFile).toMatchObject({
      ok: true,
      value: {
        centralUrl: 'https://central.example',
        secondJournalDirectory: '/media/card',
        vaultDirectory: '/var/keys',
        printer: { kind: 'virtual', columns: 32 },
      },
    });
    expect(fromBoth).toMatchObject({ ok: true, value: { centralUrl: 'https://other.example' } });
  });

  it('hashes the file, so that any change to it is noticed', () => {
    const without = readConfiguration(options());
    write({ printer: { kind: 'virtual', columns: 32 } });
    const narrow = readConfiguration(options());
    write({ printer: { kind: 'virtual', columns: 48 } });
    const wide = readConfiguration(options());
    const hashes = [without, narrow, wide].map((read) => read.ok && read.value.configurationHash);
    expect(new Set(hashes).size).toBe(3);
  });

  it.each<[string, string, RegExp]>([
    ['broken JSON', '{ "centralUrl": ', /configuration\.json is not JSON: /],
    ['an unknown name', '{ "centralURL": "https://a.example" }', /Unrecognized key: "centralURL"/],
    ['a wrong type', '{ "printer": 5 }', /printer: Invalid input/],
    [
      'a relative folder',
      '{ "vaultDirectory": "keys" }',
      /vaultDirectory: must be an absolute path/,
    ],
    ['no object', '[]', /the whole file: Invalid input/],
  ])('refuses %s in one line', (_, text, line) => {
    writeFileSync(path.join(directory, 'configuration.json'), text);
    const read = readConfiguration(options());
    expect(read.ok ? '' : read.failure).toMatch(line);
    expect(read.ok ? '' : read.failure).not.toContain('\n');
  });

  it.each<[string, Partial<TerminalOptions>, string]>([
    [
      'a central elsewhere without encryption',
      { centralUrl: 'http://central.example' },
      'http://central.example must start with https:// unless the central runs on this computer.',
    ],
    ['no address', { centralUrl: 'central' }, 'central is not an address of a central.'],
    [
      'another protocol',
      { centralUrl: 'ftp://127.0.0.1' },
      'ftp://127.0.0.1 must start with https:// unless the central runs on this computer.',
    ],
    [
      'a demo with a central elsewhere',
      { centralUrl: 'https://central.example', demo: { code: 'c', fingerprint: 'f' } },
      'A demo works only with a central on this computer.',
    ],
    [
      'a demo without a central',
      { demo: { code: 'c', fingerprint: 'f' } },
      'A demo needs the address of its central.',
    ],
  ])('refuses %s', (_, changes, line) => {
    expect(readConfiguration(options(changes))).toStrictEqual({ ok: false, failure: line });
  });
});

function options(changes: Partial<TerminalOptions> = {}): TerminalOptions {
  return {
    dataDirectory: directory,
    programDirectory: '/program',
    rendererDirectory: '/program/dist/renderer',
    centralUrl: undefined,
    demo: undefined,
    ...changes,
  };
}

function write(content: unknown): void {
  writeFileSync(path.join(directory, 'configuration.json'), JSON.stringify(content));
}
