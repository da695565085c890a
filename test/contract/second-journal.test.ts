import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createChainRows } from '#main/adapters/sqlite/chain-rows.ts';
import { createSecondJournal, secondJournalPath } from '#main/adapters/system/second-journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { createFakeSecondJournal } from '#test/helpers/fakes/fake-second-journal.ts';
import { readSecondFile } from '#test/helpers/read-second-file.ts';
import { openTestDatabase, type TestDatabase } from '#test/helpers/terminal-database.ts';
import { CHAIN, createHistoryPlayer } from '#test/helpers/terminal-database-history.ts';
import { runSecondJournalContract } from './second-journal.contract.ts';

const WRITER = new URL('../../src-main/workers/journal-writer-worker.ts', import.meta.url);

/** The chain of a new till: its enrolment, then one notice after the other. */
function createCommit(till: TestDatabase): () => JournalEntry {
  const player = createHistoryPlayer(till.unitOfWork, till.key);
  return () => {
    if (till.unitOfWork.rows.head().seq === 0) return player.enrol();
    const [entry] = player.play({ kind: 'notice' });
    if (entry === undefined) throw new Error('a notice is an entry');
    return entry;
  };
}

runSecondJournalContract('a file of its own thread', () => {
  const till = openTestDatabase();
  const directory = join(till.folder, 'second');
  const away = `${directory}-away`;
  mkdirSync(directory);
  const journal = createSecondJournal({
    directory,
    chainId: undefined,
    dataDirectory: till.folder,
    source: createChainRows(till.database),
    writerScript: WRITER,
  });
  return {
    journal,
    commit: createCommit(till),
    stored: () => readSecondFile(secondJournalPath(directory, CHAIN)),
    fail() {
      renameSync(directory, away);
      writeFileSync(directory, 'not a folder');
    },
    repair() {
      rmSync(directory);
      renameSync(away, directory);
    },
    async dispose() {
      if (existsSync(away)) rmSync(away, { recursive: true });
      await journal.close();
      till[Symbol.dispose]();
    },
  };
});

runSecondJournalContract('the stand-in of the tests', () => {
  const till = openTestDatabase();
  const journal = createFakeSecondJournal();
  return {
    journal,
    commit: createCommit(till),
    stored: journal.entries,
    fail: journal.fail,
    repair: journal.repair,
    async dispose() {
      await journal.close();
      till[Symbol.dispose]();
    },
  };
});
