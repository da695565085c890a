import { desc } from 'drizzle-orm';
import type { TerminalRows } from '#main/ports/terminal-rows.ts';
import { readEntryBody } from '#shared/contract/journal/entry-body.ts';
import type { AnyDatabase } from './open-database.ts';
import { journal } from './schema.ts';

/** Reads when the last entry of the journal was made. */
export function createLastEntryRows(database: AnyDatabase): Pick<TerminalRows, 'lastEntryAt'> {
  const findLast = database.orm
    .select({ body: journal.body })
    .from(journal)
    .orderBy(desc(journal.seq))
    .limit(1)
    .prepare();
  return {
    lastEntryAt: () => {
      const last = findLast.get();
      const body = last && readEntryBody(last.body);
      return body?.ok === true ? body.value.at : undefined;
    },
  };
}
