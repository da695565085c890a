import type { EntryBodyOf } from '#shared/contract/journal/entry-body.ts';
import type { EntryKind } from '#shared/contract/journal/entry-kinds.ts';

/** One function for each of some kinds of entry: makes the rows say what the entry says. */
export type Appliers<Kind extends EntryKind> = {
  readonly [One in Kind]: (body: EntryBodyOf<One>, seq: number) => void;
};
