import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openReadOnlyDatabase, openWritableDatabase } from '#main/adapters/sqlite/open-database.ts';
import { secondJournalPath } from '#main/adapters/system/second-journal.ts';
import type { DataPlaces } from '#main/terminal/stored-data/data-places.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { makeTemporaryFolder } from '#test/helpers/terminal-database.ts';
import { CHAIN } from '#test/helpers/terminal-database-history.ts';
import {
  placesBelow,
  playOn,
  prepareUsable,
  sellOne,
} from '#test/helpers/terminal-database-places.ts';
import { readJournaledTables } from '#test/helpers/terminal-database-tables.ts';

const STARTER = fileURLToPath(
  new URL('../../helpers/terminal-database-starter.ts', import.meta.url),
);
const LONGEST_MS = 180_000;
/** More than a rebuild takes; the test ends at the first start that lives. */
const MOST_STEPS = 30;

/** Starts in a process of its own that dies before a step; what it printed, if it lived. */
async function startMortal(folder: string, step: number): Promise<unknown> {
  const starter = spawn(process.execPath, [STARTER, folder, `${step}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(starter, 'exit');
  const printed = await text(starter.stdout);
  const [code, signal] = await exit;
  if (signal === 'SIGKILL') return undefined;
  expect(code).toBe(0);
  return JSON.parse(printed);
}

/** Sells, then damages the database, which alone has the last entry, with a log beside it. */
async function makeDamagedTill(places: DataPlaces): Promise<void> {
  const data = await prepareUsable(places);
  const player = playOn(data);
  for (let n = 0; n < 3; n += 1) await sellOne(data, player);
  await data.storage.close();
  const secondFile = secondJournalPath(places.secondJournalDirectory, CHAIN);
  const lines = readFileSync(secondFile, 'utf8').trimEnd().split('\n');
  writeFileSync(secondFile, `${lines.slice(0, -1).join('\n')}\n`);
}

function damage(databasePath: string): void {
  const database = openWritableDatabase(databasePath);
  database.client.exec(
    'DROP TRIGGER tr_payments_refuse_update; UPDATE payments SET change_minor = 1',
  );
  const logs = ['-wal', '-shm'].map((end) => ({ end, bytes: readFileSync(databasePath + end) }));
  const bytes = readFileSync(databasePath);
  database.client.close();
  writeFileSync(databasePath, bytes);
  for (const log of logs) writeFileSync(databasePath + log.end, log.bytes);
}

function readRows(databasePath: string) {
  const database = openReadOnlyDatabase(databasePath);
  const rows = readJournaledTables(database);
  database.client.close();
  return rows;
}

test(
  'a rebuild that is killed at any step loses no entry, and is told until it is journaled',
  async () => {
    using folder = makeTemporaryFolder();
    using kept = makeTemporaryFolder();
    const places = placesBelow(folder.path);
    const databasePath = join(places.dataDirectory, 'terminal.db');
    await makeDamagedTill(places);
    const before = readRows(databasePath);
    damage(databasePath);
    cpSync(folder.path, kept.path, { recursive: true });

    const whole = {
      kind: 'rebuilt',
      mustCompareHeads: true,
      rebuilt: {
        source: 'second-file',
        recoveredThroughSeq: before['journal']?.length,
        reason: expect.stringMatching(/^the database was damaged: /),
      },
    };
    let lived: unknown;
    let step = 0;
    while (lived === undefined && step < MOST_STEPS) {
      step += 1;
      rmSync(folder.path, { recursive: true });
      cpSync(kept.path, folder.path, { recursive: true });
      lived = await startMortal(folder.path, step);
      for (let start = 0; start < 2; start += 1) {
        const { kind, rebuilt, mustCompareHeads, storage } = await prepareUsable(places);
        await storage.close();
        expect({ step, kind, rebuilt, mustCompareHeads }).toEqual({ step, ...whole });
      }
      expect(readRows(databasePath)).toEqual(before);
      const names = readdirSync(places.dataDirectory);
      const setAside = names.filter((name) => name.includes('.set-aside-'));
      expect(setAside.map((name) => name.replace(/.*Z/, '')).sort()).toEqual(['', '-shm', '-wal']);
      expect(new Set(setAside.map((name) => name.replace(/-(wal|shm)$/, ''))).size).toBe(1);
    }
    expect(lived).toEqual(whole);
    expect(step).toBeGreaterThan(8);

    const data = await prepareUsable(places);
    invariant(data.rebuilt !== null, 'it was not journaled yet');
    data.storage.vault.noteComparison(CHAIN, false);
    playOn(data).append('terminal.rebuilt', data.rebuilt);
    await data.storage.close();
    const { kind, rebuilt, mustCompareHeads, storage } = await prepareUsable(places);
    await storage.close();
    expect({ kind, rebuilt, mustCompareHeads }).toEqual({
      kind: 'ready',
      mustCompareHeads: false,
      rebuilt: null,
    });
  },
  LONGEST_MS,
);
