import { and, asc, gte, lt, sql } from 'drizzle-orm';
import { type EntryBodyOf, readEntryBody } from '#shared/contract/journal/entry-body.ts';
import type { MirrorChange } from '#shared/contract/journal/mirror-entries.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import type { AnyDatabase } from './open-database.ts';
import { journal } from './schema.ts';

type Part = EntryBodyOf<'mirror.received'>['payload'];

/**
 * Collects what a mirror changed from all its entries: from the last one and those directly before it,
 * as they stand in the journal of `database`.
 *
 * Throws `IntegrityFault` if they are not the other parts of the same mirror.
 */
export function createPartCollector(
  database: AnyDatabase,
): (last: Part, seq: number) => readonly MirrorChange[] {
  const find = database.orm
    .select({ body: journal.body })
    .from(journal)
    .where(and(gte(journal.seq, sql.placeholder('from')), lt(journal.seq, sql.placeholder('to'))))
    .orderBy(asc(journal.seq))
    .prepare();
  return (last, seq) => {
    const bodies = find.all({ from: seq - last.parts + 1, to: seq });
    const parts = [...bodies.map(({ body }) => readPart(body)), last];
    return parts.flatMap((part, index) => {
      if (part?.mirrorVersion !== last.mirrorVersion || part.part !== index + 1) {
        throw new IntegrityFault(`the mirror that ends with entry ${seq} lacks part ${index + 1}`);
      }
      return part.changes;
    });
  };
}

function readPart(body: Uint8Array): Part | undefined {
  const reading = readEntryBody(body);
  return reading.ok && reading.value.kind === 'mirror.received' ? reading.value.payload : undefined;
}
