import { MOST_ENTRIES_PER_UPLOAD } from '#shared/contract/central/journal.ts';

/** How many entries the next upload may hold. */
export interface BatchSize {
  mostEntries(): number;
  hasFailed(): void;
  hasSucceeded(): void;
}

/**
 * Halves after each upload that failed, whatever the reason, and doubles after each that arrived: a
 * batch too large for a slow line or a proxy, or one entry that trips the central, holds up nothing
 * else.
 */
export function createBatchSize(): BatchSize {
  let entries = MOST_ENTRIES_PER_UPLOAD;
  return {
    mostEntries: () => entries,
    hasFailed() {
      entries = Math.max(1, Math.floor(entries / 2));
    },
    hasSucceeded() {
      entries = Math.min(MOST_ENTRIES_PER_UPLOAD, entries * 2);
    },
  };
}
