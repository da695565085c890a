import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyDatabase } from '#main/adapters/sqlite/copy-database.ts';
import { openReadOnlyDatabase, openWritableDatabase } from '#main/adapters/sqlite/open-database.ts';
import { secondJournalPath } from '#main/adapters/system/second-journal.ts';
import type { DataPlaces } from '#main/terminal/stored-data/data-places.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '#test/helpers/terminal-database.ts';
import {
  CHAIN,
  createHistoryPlayer,
  RAFFLE_EVENT,
  testId,
} from '#test/helpers/terminal-database-history.ts';
import {
  placesBelow,
  playOn,
  prepare,
  prepareUsable,
  sellOne,
} from '#test/helpers/terminal-database-places.ts';
import { readJournaledTables } from '#test/helpers/terminal-database-tables.ts';
import { untilFlushed } from '#test/helpers/until-flushed.ts';

let folder: TemporaryFolder;
let places: DataPlaces;
let databasePath: string;
let secondFile: string;

beforeEach(() => {
  folder = makeTemporaryFolder();
  places = placesBelow(folder.path);
  databasePath = join(places.dataDirectory, 'terminal.db');
  secondFile = secondJournalPath(places.secondJournalDirectory, CHAIN);
});

afterEach(() => folder[Symbol.dispose]());

/** Starts, sells, stops in order. Answers with what the start found and the rows at the end. */
async function runOnce(saleCount: number) {
  const data = await prepareUsable(places);
  // On a busy machine the start may have gone on before the second file had all of it.
  const { completeSecondFile } = data.storage;
  if (data.kind !== 'fresh') await untilFlushed(completeSecondFile);
  const player = playOn(data);
  for (let n = 0; n < saleCount; n += 1) await sellOne(data, player);
  const { storage, memoryCheck: _, isCheckpointDue: __, ...facts } = data;
  const { orderCount } = storage.unitOfWork.rows.orderCounts(RAFFLE_EVENT);
  await storage.close();
  return { facts, orderCount, rows: readRows() };
}

function readRows() {
  const database = openReadOnlyDatabase(databasePath);
  const rows = readJournaledTables(database);
  database.client.close();
  return rows;
}

type Run = Awaited<ReturnType<typeof runOnce>>;

/** What may be sold on after a start, or why nothing may. */
async function start() {
  const prepared = await prepare(places);
  if ('storage' in prepared) await prepared.storage.close();
  return prepared;
}

/** The same, after somebody gave up what cannot be used. */
async function startOver() {
  const prepared = await prepare(places, undefined, true);
  if ('storage' in prepared) await prepared.storage.close();
  return prepared;
}

function setAsideIn(directory: string): string[] {
  return readdirSync(directory).filter((name) => name.includes('.set-aside-'));
}

function removeDatabase(): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${databasePath}${end}`, { force: true });
}

const READY = {
  kind: 'ready',
  mustCompareHeads: false,
  awaitedHead: null,
  rebuilt: null,
  lostChain: null,
};

/** The journal ends at one entry, and the machine noted another one. */
function setBack(from: Run, to: Run) {
  const { seq, hash } = headOf(from);
  return {
    facts: { ...READY, mustCompareHeads: true, awaitedHead: { seq, hash } },
    orderCount: to.orderCount,
    rows: to.rows,
  };
}

function headOf({ rows }: Run) {
  const [last] = (rows['journal'] ?? []).slice(-1) as { seq: number; hash: string }[];
  invariant(last !== undefined, 'a till that has run has a journal');
  return last;
}

test('a fresh till, and the same till at its next start', async () => {
  const first = await runOnce(2);
  expect(first.facts).toEqual({ ...READY, kind: 'fresh' });
  const second = await runOnce(0);
  expect(second).toEqual({ facts: READY, orderCount: 2, rows: first.rows });
});

test('a deleted database is rebuilt from the second file, and numbers go on', async () => {
  const before = await runOnce(5);
  removeDatabase();
  const after = await runOnce(0);
  expect(after).toEqual({
    facts: {
      kind: 'rebuilt',
      mustCompareHeads: true,
      awaitedHead: null,
      rebuilt: {
        source: 'second-file',
        recoveredThroughSeq: before.rows['journal']?.length,
        reason: 'the database was gone',
      },
      lostChain: null,
    },
    orderCount: 5,
    rows: before.rows,
  });
  // The overlap trigger and the counters refuse a number that was sold before.
  expect((await runOnce(3)).orderCount).toBe(8);
});

test('a database that cannot even be opened is moved aside and rebuilt', async () => {
  const before = await runOnce(3);
  writeFileSync(databasePath, 'this is no database, and it is longer than a header'.repeat(20));
  const after = await runOnce(0);
  expect(after.facts.kind).toBe('rebuilt');
  expect(after.rows).toEqual(before.rows);
  const setAside = readdirSync(places.dataDirectory).filter((name) =>
    /set-aside-[^-]+-[^-]+-[^-]+-[^-]+-[^-]+Z$/.test(name),
  );
  expect(setAside).toHaveLength(1);
});

test('a flipped byte in a sale is found, and the sale comes back from the second file', async () => {
  const before = await runOnce(3);
  const bytes = readFileSync(databasePath);
  const order = bytes.lastIndexOf('1 numbers');
  bytes[order] = (bytes[order] ?? 0) ^ 0x04;
  writeFileSync(databasePath, bytes);
  const after = await runOnce(0);
  expect(after.facts.rebuilt?.reason).toMatch(/^the database was damaged: /);
  expect(after.rows).toEqual(before.rows);
});

test('a flipped byte without any second file puts the till out of service', async () => {
  await runOnce(3);
  rmSync(places.secondJournalDirectory, { recursive: true });
  const bytes = readFileSync(databasePath);
  const order = bytes.lastIndexOf('1 numbers');
  bytes[order] = (bytes[order] ?? 0) ^ 0x04;
  writeFileSync(databasePath, bytes);
  expect(await start()).toEqual({
    kind: 'out-of-service',
    faults: [{ check: expect.any(String), detail: expect.any(String) }],
    canStartOver: true,
  });
  expect(readFileSync(databasePath)).toEqual(bytes);
});

test('an older copy of the database put back is rebuilt from the second file', async () => {
  await runOnce(2);
  const older = readFileSync(databasePath);
  const before = await runOnce(4);
  writeFileSync(databasePath, older);
  const after = await runOnce(0);
  expect(after.facts.rebuilt?.reason).toMatch(
    /^the database ended with entry \d+, the second file/,
  );
  expect(after.orderCount).toBe(6);
  expect(after.rows).toEqual(before.rows);
});

test('older copies of both are noticed by the machine, and nothing is sold', async () => {
  const older = await runOnce(2);
  const kept = join(folder.path, 'kept');
  cpSync(places.dataDirectory, join(kept, 'data'), { recursive: true });
  cpSync(places.secondJournalDirectory, join(kept, 'second'), { recursive: true });
  const newer = await runOnce(4);
  cpSync(kept, folder.path, { recursive: true });
  // Also at every later start, and whatever is noted of the older copy.
  for (let starts = 0; starts < 2; starts += 1) {
    expect(await runOnce(0)).toEqual(setBack(newer, older));
  }
  rmSync(databasePath);
  expect(await start()).toMatchObject({
    kind: 'rebuilt',
    mustCompareHeads: true,
    awaitedHead: { seq: headOf(newer).seq },
  });
});

test('an older database without a second file waits for what is missing; a newer copy ends that', async () => {
  const older = await runOnce(2);
  const database = readFileSync(databasePath);
  const newer = await runOnce(4);
  const kept = readFileSync(secondFile);
  writeFileSync(databasePath, database);
  rmSync(places.secondJournalDirectory, { recursive: true });
  expect(await runOnce(0)).toEqual(setBack(newer, older));
  writeFileSync(secondFile, kept);
  const after = await runOnce(0);
  expect(after.facts).toMatchObject({ kind: 'rebuilt', awaitedHead: null });
  expect(after.rows).toEqual(newer.rows);
});

test('starting over sets both copies aside and deletes neither', async () => {
  const older = await runOnce(2);
  const database = readFileSync(databasePath);
  const newer = await runOnce(1);
  writeFileSync(databasePath, database);
  rmSync(secondFile);
  expect(await runOnce(0)).toEqual(setBack(newer, older));
  const copy = readFileSync(secondFile);
  const lostChain = { chainId: CHAIN, throughSeq: headOf(newer).seq };
  expect(await startOver()).toMatchObject({ kind: 'fresh', mustCompareHeads: false, lostChain });
  expect(await start()).toMatchObject({ kind: 'fresh', lostChain });
  expect(setAsideIn(places.dataDirectory).filter((name) => name.endsWith('Z'))).toHaveLength(1);
  const [aside = ''] = setAsideIn(places.secondJournalDirectory);
  expect(readFileSync(join(places.secondJournalDirectory, aside))).toEqual(copy);
});

test('starting over with a damaged database and no second file keeps the damaged one', async () => {
  await runOnce(2);
  rmSync(places.secondJournalDirectory, { recursive: true });
  const damaged = 'this is no database, and it is longer than a header'.repeat(20);
  writeFileSync(databasePath, damaged);
  expect(await start()).toMatchObject({ kind: 'out-of-service', canStartOver: true });
  expect(await startOver()).toMatchObject({ kind: 'fresh', lostChain: { chainId: CHAIN } });
  const [aside = ''] = setAsideIn(places.dataDirectory);
  expect(readFileSync(join(places.dataDirectory, aside), 'utf8')).toBe(damaged);
});

test('starting over takes a second copy that was brought back meanwhile, and sets nothing aside', async () => {
  const before = await runOnce(2);
  const kept = readFileSync(secondFile);
  removeDatabase();
  writeFileSync(databasePath, 'this is no database, and it is longer than a header'.repeat(20));
  rmSync(secondFile);
  expect(await start()).toMatchObject({ canStartOver: true });
  writeFileSync(secondFile, kept);
  expect(await startOver()).toMatchObject({ kind: 'rebuilt', lostChain: null });
  expect(readRows()).toEqual(before.rows);
  expect(setAsideIn(places.secondJournalDirectory)).toEqual([]);
});

test('a till that is no copy of ours cannot be started over', async () => {
  await runOnce(2);
  places = { ...places, vaultDirectory: join(folder.path, 'vault of another machine') };
  expect(await startOver()).toEqual({
    kind: 'out-of-service',
    faults: [{ check: 'machine', detail: expect.any(String) }],
  });
  expect(setAsideIn(places.dataDirectory)).toEqual([]);
});

test('with both gone, a till that has sold before is enrolled anew, and its old key is set aside', async () => {
  const sold = await runOnce(2);
  removeDatabase();
  const kept = join(folder.path, 'kept second copy');
  renameSync(places.secondJournalDirectory, kept);
  const lostChain = { chainId: CHAIN, throughSeq: sold.rows['journal']?.length };
  for (let starts = 0; starts < 2; starts += 1) {
    expect(await start()).toMatchObject({ kind: 'fresh', mustCompareHeads: false, lostChain });
  }

  const data = await prepareUsable(places);
  const { unitOfWork, vault, secondJournal } = data.storage;
  const chainId = testId<ChainId>('chain', 2);
  const player = createHistoryPlayer(unitOfWork, vault.createDeviceKey(chainId), chainId);
  const enrolled = player.enrol(vault.machineFingerprint);
  await secondJournal.append([enrolled]);
  await data.storage.close();
  // Killed before its first start was journaled: the loss is still to be told.
  expect(await start()).toMatchObject({ kind: 'ready', lostChain });

  const next = await prepareUsable(places);
  createHistoryPlayer(next.storage.unitOfWork, vault.createDeviceKey(chainId), chainId).play({
    kind: 'restart',
    isClean: true,
  });
  await next.storage.close();
  expect(await start()).toMatchObject({ kind: 'ready', lostChain: null });
  const vaultFolder = join(places.vaultDirectory, readdirSync(places.vaultDirectory)[0] ?? '');
  expect(readdirSync(join(vaultFolder, 'set-aside')).sort()).toEqual([
    `${CHAIN}.head`,
    `${CHAIN}.key`,
  ]);

  removeDatabase();
  rmSync(places.secondJournalDirectory, { recursive: true });
  renameSync(kept, places.secondJournalDirectory);
  expect(await start()).toMatchObject({ kind: 'fresh' });
});

test('with both gone, a second copy that is brought back before that is sold on', async () => {
  const before = await runOnce(2);
  removeDatabase();
  const kept = join(folder.path, 'kept second copy');
  renameSync(places.secondJournalDirectory, kept);
  expect((await start()).kind).toBe('fresh');
  rmSync(places.secondJournalDirectory, { recursive: true });
  renameSync(kept, places.secondJournalDirectory);
  const after = await runOnce(0);
  expect(after.facts.kind).toBe('rebuilt');
  expect(after.rows).toEqual(before.rows);
});

test('a missing second file is written anew, and heads are compared', async () => {
  const before = await runOnce(3);
  const copy = readFileSync(secondFile);
  rmSync(places.secondJournalDirectory, { recursive: true });
  const after = await runOnce(0);
  expect(after).toEqual({
    facts: { ...READY, mustCompareHeads: true },
    orderCount: 3,
    rows: before.rows,
  });
  expect(readFileSync(secondFile)).toEqual(copy);
});

test('a comparison of heads that is due is not forgotten at the next start, until it was done', async () => {
  await runOnce(3);
  rmSync(places.secondJournalDirectory, { recursive: true });
  await runOnce(0);
  expect((await runOnce(0)).facts).toEqual({ ...READY, mustCompareHeads: true });
  const data = await prepareUsable(places);
  data.storage.vault.noteComparison(CHAIN, false);
  await data.storage.close();
  expect((await runOnce(0)).facts).toEqual(READY);
});

test('entries that the second file lacks are appended to it', async () => {
  await runOnce(3);
  const whole = readFileSync(secondFile, 'utf8');
  const lines = whole.trimEnd().split('\n');
  writeFileSync(secondFile, `${lines.slice(0, -2).join('\n')}\n${lines.at(-2)?.slice(0, 50)}`);
  expect((await runOnce(0)).facts).toEqual(READY);
  expect(readFileSync(secondFile, 'utf8').trimEnd().split('\n').slice(-2)).toEqual(lines.slice(-2));
});

test('entries that only the damaged database has are not lost', async () => {
  const before = await runOnce(3);
  const lines = readFileSync(secondFile, 'utf8').trimEnd().split('\n');
  writeFileSync(secondFile, `${lines.slice(0, -1).join('\n')}\n`);
  const database = openWritableDatabase(databasePath);
  database.client.exec(
    'DROP TRIGGER tr_payments_refuse_update; UPDATE payments SET change_minor = 1',
  );
  database.client.close();
  const after = await runOnce(0);
  expect(after.facts.kind).toBe('rebuilt');
  expect(after.rows).toEqual(before.rows);
});

/** Lines of the second file, changed one by one. */
function damageLines(change: (line: string, seq: number) => string): void {
  const lines = readFileSync(secondFile, 'utf8').trimEnd().split('\n');
  writeFileSync(secondFile, lines.map((line, at) => `${change(line, at + 1)}\n`).join(''));
}

test('what each copy lost in the middle comes from the other', async () => {
  const before = await runOnce(4);
  damageLines((line, seq) => (seq === 1 || seq === 4 ? line.slice(0, 60) : line));
  const database = openWritableDatabase(databasePath);
  database.client.exec(
    'DROP TRIGGER tr_journal_refuses_update; UPDATE journal SET body = zeroblob(9) WHERE seq = 6',
  );
  database.client.close();
  const after = await runOnce(0);
  expect(after.facts.rebuilt?.recoveredThroughSeq).toBe(before.rows['journal']?.length);
  expect(after.rows).toEqual(before.rows);
});

test('an entry that both copies lost is not passed over: nothing is sold', async () => {
  await runOnce(4);
  damageLines((line, seq) => (seq === 6 ? line.slice(0, 60) : line));
  const bytes = readFileSync(secondFile);
  const vault = join(places.vaultDirectory, readdirSync(places.vaultDirectory)[0] ?? '');
  rmSync(join(vault, `${CHAIN}.head`));
  removeDatabase();
  expect(await start()).toEqual({
    kind: 'out-of-service',
    faults: [
      { check: 'second journal file', detail: expect.stringContaining('entry 6 is damaged in') },
    ],
    canStartOver: true,
  });
  expect(readFileSync(secondFile)).toEqual(bytes);
});

test('a copy of the data on another machine is out of service', async () => {
  await runOnce(2);
  places = { ...places, vaultDirectory: join(folder.path, 'vault of another machine') };
  expect(await start()).toEqual({
    kind: 'out-of-service',
    faults: [{ check: 'machine', detail: expect.stringContaining('this is a copy of a till') }],
  });
});

test('a copy of the data folder on the same machine is out of service', async () => {
  await runOnce(2);
  const copied = join(folder.path, 'copied');
  cpSync(places.dataDirectory, copied, { recursive: true });
  places = { ...places, dataDirectory: copied };
  expect(await start()).toMatchObject({ kind: 'out-of-service', faults: [{ check: 'machine' }] });
});

test('a database and a second file that went different ways are left alone, and nothing is sold', async () => {
  await runOnce(2);
  const [database, file] = [readFileSync(databasePath), readFileSync(secondFile)];
  await runOnce(1);
  const branch = readFileSync(secondFile);
  writeFileSync(databasePath, database);
  writeFileSync(secondFile, file);
  const vault = join(places.vaultDirectory, readdirSync(places.vaultDirectory)[0] ?? '');
  rmSync(join(vault, `${CHAIN}.head`));
  const data = await prepareUsable(places);
  playOn(data).play({ kind: 'notice' });
  await data.storage.close();
  writeFileSync(secondFile, branch);
  expect(await start()).toEqual({
    kind: 'out-of-service',
    faults: [
      { check: 'second journal file', detail: expect.stringContaining('different entries at 6') },
    ],
  });
  expect(readFileSync(secondFile)).toEqual(branch);
});

test('a damaged database that is open is copied with its damage', async () => {
  await runOnce(3);
  const bytes = readFileSync(databasePath);
  const order = bytes.lastIndexOf('1 numbers');
  Buffer.from('damaged!!').copy(bytes, order);
  writeFileSync(databasePath, bytes);
  const database = openReadOnlyDatabase(databasePath);
  const copy = join(folder.path, 'copy.db');
  await copyDatabase(database, copy);
  database.client.close();
  expect(
    readFileSync(copy)
      .subarray(order, order + 9)
      .toString(),
  ).toBe('damaged!!');
});

test('two cores never share a data folder', async () => {
  const data = await prepareUsable(places);
  expect(await prepare(places)).toEqual({
    kind: 'in-use',
    detail: expect.stringMatching(/is in use by another till: process \d+, started /),
  });
  const elsewhere = { ...places, dataDirectory: join(folder.path, 'elsewhere') };
  expect(await prepare(elsewhere)).toMatchObject({ kind: 'in-use' });
  await data.storage.close();
  expect((await start()).kind).toBe('fresh');
});

test('a rebuild that was killed leaves nothing that blocks the next start', async () => {
  await runOnce(2);
  renameSync(databasePath, `${databasePath}.rebuilding`);
  removeDatabase();
  expect((await runOnce(0)).orderCount).toBe(2);
});
