import { z } from 'zod';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import { terminalRebuiltSchema } from '#shared/contract/journal/terminal-entries.ts';
import { instantSchema, sha256Schema } from '#shared/contract/values.ts';
import type { DataFiles } from './data-files.ts';
import { type DataPlaces, databasePathOf } from './data-places.ts';
import type { JournalView } from './find-second-file.ts';

const noteSchema = z.strictObject({
  /** When the rebuild was finished. */
  at: instantSchema,
  /** The head of the rebuilt journal: tells this database from any other. */
  headHash: sha256Schema,
  rebuilt: terminalRebuiltSchema,
});

/** What a rebuild has to journal, kept beside it until that is done. */
export type RebuildNote = z.infer<typeof noteSchema>;

/** Keeps the note of a rebuild that is about to be declared finished. */
export function writeRebuildNote(places: DataPlaces, files: DataFiles, note: RebuildNote): void {
  files.write(notePathOf(places), JSON.stringify(note));
}

/** The note of the last rebuild; `undefined` if there is none that can be read. */
export function readRebuildNote(places: DataPlaces, files: DataFiles): RebuildNote | undefined {
  const text = files.read(notePathOf(places));
  if (text === undefined) return undefined;
  try {
    return noteSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * The rebuild that this journal came from and does not tell of yet; null if there is none.
 *
 * A till that was rebuilt off line, or killed before it could write it down, is asked here again at
 * each start until its journal says so, and that it does only after heads were compared.
 */
export function findUntoldRebuild(
  places: DataPlaces,
  files: DataFiles,
  journal: JournalView & { hasRebuiltAfter(seq: number): boolean },
): EntryPayload<'terminal.rebuilt'> | null {
  const note = readRebuildNote(places, files);
  if (note === undefined) return null;
  const { recoveredThroughSeq } = note.rebuilt;
  const isOfThisJournal = journal.hashAt(recoveredThroughSeq) === note.headHash;
  return isOfThisJournal && !journal.hasRebuiltAfter(recoveredThroughSeq) ? note.rebuilt : null;
}

function notePathOf(places: DataPlaces): string {
  return `${databasePathOf(places)}.rebuilt.json`;
}
