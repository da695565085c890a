import type { JournalEntry } from '#shared/contract/journal/journal-entry.ts';

/** How the second copy of the journal is doing. */
export type SecondJournalState =
  | { readonly kind: 'flushed' }
  /** Works, but lies on the same disk as the database: one broken disk takes both. */
  | { readonly kind: 'same-disk' }
  | { readonly kind: 'failed'; readonly cause: string };

/** The append-only copy of the journal on another path (GLI-31 3.4.5). */
export interface SecondJournal {
  readonly path: string;
  state(): SecondJournalState;
  /**
   * Appends entries and waits for the disk to have them.
   *
   * Resolves true once flushed; false after 2 s or on an error, from when on `state()` is failed.
   * A failed journal is tried again with every append and catches up by itself.
   */
  append(entries: readonly JournalEntry[]): Promise<boolean>;
  close(): Promise<void>;
}
