/** What an export left on the disk. */
export interface JournalCopy {
  /** The new folder, as an absolute path. */
  readonly folder: string;
  readonly entryCount: number;
}

/** Saves what a till holds for a person to carry away. Works on a damaged till too. */
export interface JournalExport {
  /**
   * Copies the database and the second journal file, as they are, into a new folder.
   *
   * Changes nothing and never overwrites an earlier export. Rejects when the disk takes no more.
   */
  copy(): Promise<JournalCopy>;
}
