import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createChainRows } from '#main/adapters/sqlite/chain-rows.ts';
import { createSignatureVerifier } from '#main/adapters/system/ed25519.ts';
import { readJournalFile } from '#main/adapters/system/read-journal-file.ts';
import { createSecondJournal, secondJournalPath } from '#main/adapters/system/second-journal.ts';
import type { SecondJournal } from '#main/ports/second-journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { packEntry } from '#shared/contract/journal/sealed-entry.ts';
import { openTestDatabase, type TestDatabase } from '#test/helpers/terminal-database.ts';
import { CHAIN, createHistoryPlayer } from '#test/helpers/terminal-database-history.ts';

const WRITER = new URL('../../../src-main/workers/journal-writer-worker.ts', import.meta.url);

/** A till with a second journal in a folder of its own. */
function setUp(till: TestDatabase, name = 'second') {
  const directory = join(till.folder, name);
  mkdirSync(directory, { recursive: true });
  const journal = createSecondJournal({
    directory,
    chainId: undefined,
    dataDirectory: till.folder,
    source: createChainRows(till.database),
    writerScript: WRITER,
  });
  const player = createHistoryPlayer(till.unitOfWork, till.key);
  return { directory, journal, player, path: secondJournalPath(directory, CHAIN) };
}

/** Reads a file to its end: the good entries, and where it stopped. */
function readAll(path: string) {
  const reader = readJournalFile(path, createSignatureVerifier());
  const entries: JournalEntry[] = [];
  let step = reader.next();
  for (; step.done !== true; step = reader.next()) entries.push(packEntry(step.value.entry));
  return { entries, stop: step.value.stop };
}

function notice(player: ReturnType<typeof createHistoryPlayer>): readonly JournalEntry[] {
  return player.play({ kind: 'notice' });
}

async function appendNotices(
  player: ReturnType<typeof createHistoryPlayer>,
  journal: SecondJournal,
  count: number,
) {
  const entries: JournalEntry[] = [];
  for (let n = 0; n < count; n += 1) entries.push(...notice(player));
  const flushed = await Promise.all(entries.map((entry) => journal.append([entry])));
  return { entries, flushed };
}

test('entries are flushed in order, one a line, in a file named for the chain', async () => {
  using till = openTestDatabase();
  const { journal, player, path } = setUp(till);
  const first = player.enrol();
  expect(await journal.append([first])).toBe(true);
  const { entries, flushed } = await appendNotices(player, journal, 50);
  expect(flushed).toEqual(entries.map(() => true));
  expect(journal.path).toBe(path);
  expect(journal.state()).toEqual({ kind: 'same-disk' });
  await journal.close();
  expect(readAll(path)).toEqual({ entries: [first, ...entries], stop: undefined });
});

test('a file that was away catches up by itself', async () => {
  using till = openTestDatabase();
  const { directory, journal, player, path } = setUp(till);
  await journal.append([player.enrol()]);
  await journal.close();
  const away = `${directory}-away`;
  renameSync(directory, away);
  writeFileSync(directory, 'not a folder');

  const other = createSecondJournal({
    directory,
    chainId: CHAIN,
    dataDirectory: till.folder,
    source: createChainRows(till.database),
    writerScript: WRITER,
  });
  expect(await other.append(notice(player))).toBe(false);
  expect(other.state()).toEqual({ kind: 'failed', cause: expect.stringContaining('ENOTDIR') });

  renameSync(directory, `${directory}-in-the-way`);
  renameSync(away, directory);
  expect(await other.append(notice(player))).toBe(true);
  expect(other.state()).toEqual({ kind: 'same-disk' });
  await other.close();
  expect(readAll(path)).toEqual({
    entries: createChainRows(till.database).entriesAfter(0, 100),
    stop: undefined,
  });
});

test('a torn last line stays, and what follows it goes on with the chain', async () => {
  using till = openTestDatabase();
  const { journal, player, path } = setUp(till);
  await journal.append([player.enrol()]);
  await appendNotices(player, journal, 3);
  await journal.close();
  const whole = readFileSync(path, 'utf8');
  truncateSync(path, whole.length - 40);
  const torn = readFileSync(path, 'utf8');

  const again = setUp(till);
  await again.journal.append(notice(player));
  await again.journal.close();
  expect(readFileSync(path, 'utf8').startsWith(`${torn}\n`)).toBe(true);
  expect(readAll(path)).toEqual({
    entries: createChainRows(till.database).entriesAfter(0, 100),
    stop: undefined,
  });
});

test('a line written twice is read once; a line of another chain stops the reader', async () => {
  using till = openTestDatabase();
  const { journal, player, path } = setUp(till);
  await journal.append([player.enrol()]);
  const { entries } = await appendNotices(player, journal, 2);
  await journal.close();
  appendFileSync(path, `${JSON.stringify(entries[1])}\n`);
  expect(readAll(path).stop).toBeUndefined();
  appendFileSync(path, `${JSON.stringify({ ...entries[1], seq: 9 })}\n`);
  expect(readAll(path)).toEqual({
    entries: createChainRows(till.database).entriesAfter(0, 100),
    stop: { line: 5, reason: 'gap' },
  });
});

test('a file of another journal is left alone', async () => {
  using till = openTestDatabase();
  using copy = openTestDatabase();
  const { journal, player, path } = setUp(till);
  await journal.append([player.enrol()]);
  await journal.close();
  const before = readFileSync(path);

  const stranger = createHistoryPlayer(copy.unitOfWork, copy.key);
  const foreign = createSecondJournal({
    directory: join(till.folder, 'second'),
    chainId: CHAIN,
    dataDirectory: copy.folder,
    source: createChainRows(copy.database),
    writerScript: WRITER,
  });
  expect(await foreign.append([stranger.enrol()])).toBe(false);
  expect(foreign.state()).toEqual({ kind: 'failed', cause: 'the file belongs to another journal' });
  await foreign.close();
  expect(readFileSync(path)).toEqual(before);
});

test('a writer that dies is started again with the next entry', async () => {
  using till = openTestDatabase();
  const { journal, player, path } = setUp(till);
  await journal.append([player.enrol()]);
  await journal.close();
  expect(await journal.append(notice(player))).toBe(true);
  await journal.close();
  expect(readAll(path).entries).toHaveLength(2);
});
