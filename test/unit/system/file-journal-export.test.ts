import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  copyClosedDatabase,
  createFileJournalExport,
} from '#main/adapters/system/file-journal-export.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';

let folder: string;
let data: string;
let card: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-export-'));
  data = join(folder, 'data');
  card = join(folder, 'card');
  mkdirSync(data);
  mkdirSync(card);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('createFileJournalExport', () => {
  it('copies the database and the second journal as they are, and nothing else', async () => {
    writeFileSync(join(data, 'terminal.db'), 'not even a database');
    writeFileSync(join(data, 'terminal.db-wal'), 'log');
    writeFileSync(join(data, 'lock.db'), '');
    writeFileSync(join(data, 'configuration.json'), '{}');
    writeFileSync(join(card, 'journal-1.ndjson'), '{"seq":1}\n{"seq":2}\n{"torn');
    const copy = await exportAt(0);
    expect({
      ...copy,
      files: readdirSync(copy.folder).sort(),
      journal: readFileSync(join(copy.folder, 'journal-1.ndjson'), 'utf8'),
    }).toStrictEqual({
      folder: join(data, 'export', '1970-01-01T00-00-00.000Z'),
      entryCount: 3,
      files: ['journal-1.ndjson', 'terminal.db', 'terminal.db-wal'],
      journal: '{"seq":1}\n{"seq":2}\n{"torn',
    });
  });

  it('never touches an earlier export', async () => {
    writeFileSync(join(card, 'journal-1.ndjson'), '{"seq":1}\n');
    const first = await exportAt(0);
    writeFileSync(join(card, 'journal-1.ndjson'), '{"seq":1}\n{"seq":2}\n');
    const second = await exportAt(1);
    expect([first.entryCount, second.entryCount]).toStrictEqual([1, 2]);
    expect(readFileSync(join(first.folder, 'journal-1.ndjson'), 'utf8')).toBe('{"seq":1}\n');
  });

  it('saves the database when the card with the second journal is gone', async () => {
    writeFileSync(join(data, 'terminal.db'), 'rows');
    rmSync(card, { recursive: true });
    const copy = await exportAt(0);
    expect(readdirSync(copy.folder)).toStrictEqual(['terminal.db']);
  });
});

function exportAt(milliseconds: number) {
  return createFileJournalExport({
    dataDirectory: data,
    secondJournalDirectory: card,
    clock: { wall: () => instantFromEpoch(milliseconds) },
    copyDatabase: (target) => copyClosedDatabase(data, target),
  }).copy();
}
