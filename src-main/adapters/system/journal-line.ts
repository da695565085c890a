import { type JournalEntry, journalEntrySchema } from '#shared/contract/journal/journal-entry.ts';

/** An entry as one line of a second journal file, its newline included. */
export function journalLine(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** The entry on a line; `undefined` if the line is torn or was never one. */
export function parseJournalLine(line: string): JournalEntry | undefined {
  try {
    return journalEntrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
