import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SecondJournal } from '#main/ports/second-journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';

/** A second copy, the journal that it is a copy of, and a hand that can break it. */
export interface SecondJournalUnderTest {
  readonly journal: SecondJournal;
  /** Commits one more entry to the chain. */
  readonly commit: () => JournalEntry;
  /** Every entry that is in the copy. */
  readonly stored: () => readonly JournalEntry[];
  /** From now on nothing can be written; from now on it can again. */
  readonly fail: () => void;
  readonly repair: () => void;
  /** Lets go of everything. */
  readonly dispose: () => Promise<void>;
}

/** What every second copy has to do, run against one kind of it. */
export function runSecondJournalContract(name: string, open: () => SecondJournalUnderTest): void {
  describe(`a second journal: ${name}`, () => {
    let opened: SecondJournalUnderTest;

    beforeEach(() => {
      opened = open();
    });

    afterEach(async () => {
      await opened.dispose();
    });

    test('has every entry that it said it had, in order', async () => {
      const { journal, commit, stored } = opened;
      const entries = [commit()];
      expect(await journal.append(entries)).toBe(true);
      const more = [commit(), commit(), commit()];
      expect(await Promise.all(more.map((entry) => journal.append([entry])))).toEqual([
        true,
        true,
        true,
      ]);
      expect(stored()).toEqual([...entries, ...more]);
      expect(journal.state().kind).not.toBe('failed');
    });

    test('says so when it cannot write, and catches up by itself', async () => {
      const { journal, commit, stored, fail, repair } = opened;
      const first = commit();
      fail();
      expect(await journal.append([first])).toBe(false);
      expect(journal.state()).toEqual({ kind: 'failed', cause: expect.any(String) });
      const second = commit();
      repair();
      expect(await journal.append([second])).toBe(true);
      expect(journal.state().kind).not.toBe('failed');
      expect(stored()).toEqual([first, second]);
    });

    test('holds an entry once that it is given again', async () => {
      const { journal, commit, stored, fail, repair } = opened;
      const entry = commit();
      fail();
      await journal.append([entry]);
      repair();
      expect(await journal.append([entry])).toBe(true);
      expect(stored()).toEqual([entry]);
    });
  });
}
