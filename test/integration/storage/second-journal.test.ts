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
import { createSecondJournal, secondJournalPath } from '#main/adapters/system/second-journal.ts';
import type { SecondJournal } from '#main/ports/second-journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { readSecondFile } from '#test/helpers/read-second-file.ts';
import { openTestDatabase, type TestDatabase } from '#test/helpers/terminal-database.ts';
import { CHAIN, createHistoryPlayer } from '#test/helpers/terminal-database-history.ts';
import { untilFlushed } from '#test/helpers/until-flushed.ts';

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
  await Promise.all(entries.map((entry) => untilFlushed(() => journal.append([entry]))));
  return entries;
}

test('entries are flushed in order, one a line, in a file named for the chain', async () => {
  using till = openTestDatabase();
  const { journal, player, path } = setUp(till);
  const first = player.enrol();
  await untilFlushed(() => journal.append([first]));
  const entries = await appendNotices(player, journal, 50);
  expect(journal.path).toBe(path);
  expect(journal.state()).toEqual({ kind: 'same-disk' });
  await journal.close();
  expect(readSecondFile(path)).toEqual([first, ...entries]);
});

test('a file that was away catches up by itself', async () => {
  using till = openTestDatabase();
  const { directory, journal, player, path } = setUp(till);
  const first = player.enrol();
  await untilFlushed(() => journal.append([first]));
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
  const later = notice(player);
  await untilFlushed(() => other.append(later));
  expect(other.state()).toEqual({ kind: 'same-disk' });
  await other.close();
  expect(readSecondFile(path)).toEqual(createChainRows(till.database).entriesAfter(0, 100));
});

test('a torn last line stays, and what follows it goes on with the chain', async () => {
  using till = openTestDatabase();
  const { journal, player, path } = setUp(till);
  const first = player.enrol();
  await untilFlushed(() => journal.append([first]));
  await appendNotices(player, journal, 3);
  await journal.close();
  const whole = readFileSync(path, 'utf8');
  truncateSync(path, whole.length - 40);
  const torn = readFileSync(path, 'utf8');

  const again = setUp(till);
  const next = notice(player);
  await untilFlushed(() => again.journal.append(next));
  await again.journal.close();
  expect(readFileSync(path, 'utf8').startsWith(`${torn}\n`)).toBe(true);
  expect(readSecondFile(path)).toEqual(createChainRows(till.database).entriesAfter(0, 100));
});

test('a line written twice is read once, and one without a place in the chain not at all', async () => {
  using till = openTestDatabase();
  const { journal, player, path } = setUp(till);
  const first = player.enrol();
  await untilFlushed(() => journal.append([first]));
  const entries = await appendNotices(player, journal, 2);
  await journal.close();
  appendFileSync(path, `${JSON.stringify(entries[1])}\n`);
  appendFileSync(path, `${JSON.stringify({ ...entries[1], seq: 9 })}\n`);
  expect(readSecondFile(path)).toEqual(createChainRows(till.database).entriesAfter(0, 100));
});

test('a file of another journal is left alone', async () => {
  using till = openTestDatabase();
  using copy = openTestDatabase();
  const { journal, player, path } = setUp(till);
  const first = player.enrol();
  await untilFlushed(() => journal.append([first]));
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
  const first = player.enrol();
  await untilFlushed(() => journal.append([first]));
  await journal.close();
  const later = notice(player);
  await untilFlushed(() => journal.append(later));
  await journal.close();
  expect(readSecondFile(path)).toHaveLength(2);
});
