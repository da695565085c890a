import type { SecondJournal } from '#main/ports/second-journal.ts';
import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';

/** A second copy that works, fails, or keeps everybody waiting, as a test says. */
export interface FakeSecondJournal extends SecondJournal {
  readonly entries: () => readonly JournalEntry[];
  fail(): void;
  repair(): void;
  /** From now on `append` does not answer before `release`. */
  hold(): void;
  release(): void;
  /** Whoever waits now waits for ever: the program was killed. Its start completes the copy. */
  abandon(): void;
}

/** Makes a second copy that works. */
export function createFakeSecondJournal(): FakeSecondJournal {
  let entries: JournalEntry[] = [];
  let missing: JournalEntry[] = [];
  let isBroken = false;
  let held: PromiseWithResolvers<void> | undefined;
  return {
    path: '/second/journal',
    entries: () => entries,
    state: () => (isBroken ? { kind: 'failed', cause: 'the test broke it' } : { kind: 'flushed' }),
    async append(appended) {
      missing = [...missing.filter((entry) => !appended.includes(entry)), ...appended];
      await held?.promise;
      if (isBroken) return false;
      entries = [...entries, ...missing];
      missing = [];
      return true;
    },
    close: async () => {},
    fail() {
      isBroken = true;
    },
    repair() {
      isBroken = false;
    },
    hold() {
      held = Promise.withResolvers<void>();
    },
    release() {
      held?.resolve();
      held = undefined;
    },
    abandon() {
      held = undefined;
    },
  };
}
