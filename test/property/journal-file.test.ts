import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { journalLine } from '#main/adapters/system/journal-line.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';
import { readSecondFile } from '#test/helpers/read-second-file.ts';
import { makeTemporaryFolder, openTestDatabase } from '#test/helpers/terminal-database.ts';
import { createHistoryPlayer } from '#test/helpers/terminal-database-history.ts';

/** Twenty entries of one chain. */
function makeEntries(): readonly JournalEntry[] {
  using till = openTestDatabase();
  const player = createHistoryPlayer(till.unitOfWork, till.key);
  const entries = [player.enrol()];
  while (entries.length < 20) entries.push(...player.play({ kind: 'notice' }));
  return entries;
}

function readBytes(path: string, bytes: Buffer) {
  writeFileSync(path, bytes);
  return readSecondFile(path);
}

const entries = makeEntries();
const whole = Buffer.from(entries.map(journalLine).join(''));

test('a file cut off anywhere gives the entries before the cut', () => {
  using folder = makeTemporaryFolder();
  const path = join(folder.path, 'journal.ndjson');
  fc.assert(
    fc.property(fc.nat(whole.length), (length) => {
      const read = readBytes(path, whole.subarray(0, length));
      const lines = whole.subarray(0, length).toString().split('\n');
      const isLastWhole = entries.some((entry) => `${lines.at(-1)}\n` === journalLine(entry));
      expect(read).toEqual(entries.slice(0, lines.length - 1 + Number(isLastWhole)));
    }),
    { numRuns: 150 },
  );
});

test('a changed byte never gives another entry: the chain ends before it', () => {
  using folder = makeTemporaryFolder();
  const path = join(folder.path, 'journal.ndjson');
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ change;
      const read = readBytes(path, changed);
      expect(read).toEqual(entries.slice(0, read.length));
      const lineOfChange = whole.subarray(0, at).toString().split('\n').length;
      expect(read.length).toBeGreaterThanOrEqual(lineOfChange - 1);
    }),
    { numRuns: 150 },
  );
});

test('lines torn or written twice, as failed flushes leave them, lose nothing', () => {
  using folder = makeTemporaryFolder();
  const path = join(folder.path, 'journal.ndjson');
  const accident = fc.record({ after: fc.nat(18), repeated: fc.nat(5), torn: fc.nat(200) });
  fc.assert(
    fc.property(fc.array(accident, { maxLength: 4 }), (accidents) => {
      const lines = entries.flatMap((entry, index) => [
        journalLine(entry),
        ...accidents
          .filter(({ after }) => after === index)
          .flatMap(({ repeated, torn }) => [
            `${journalLine(entry).slice(0, torn)}\n`,
            ...entries.slice(Math.max(0, index - repeated), index + 1).map(journalLine),
          ]),
      ]);
      expect(readBytes(path, Buffer.from(lines.join('')))).toEqual(entries);
    }),
    { numRuns: 100 },
  );
});
