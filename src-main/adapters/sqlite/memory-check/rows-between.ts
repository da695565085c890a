import { createChainRows, type JournalRow } from '../chain-rows.ts';
import type { AnyDatabase } from '../open-database.ts';

/** Entries are read in portions of this size, so that a long journal needs little memory. */
const ENTRIES_AT_ONCE = 500;

/** The rows of the journal after `after`, up to and including `through`, in order. */
export function* rowsBetween(
  database: AnyDatabase,
  after: number,
  through: number,
): Generator<JournalRow> {
  const chain = createChainRows(database);
  let last = after;
  while (last < through) {
    const rows = chain.rowsAfter(last, Math.min(ENTRIES_AT_ONCE, through - last));
    yield* rows;
    const next = rows.at(-1)?.seq;
    if (next === undefined) return;
    last = next;
  }
}
