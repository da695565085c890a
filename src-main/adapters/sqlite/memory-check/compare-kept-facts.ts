import { isDeepStrictEqual } from 'node:util';
import { asc, getTableColumns, getTableName, inArray } from 'drizzle-orm';
import { readEntryBody } from '#shared/contract/journal/entry-body.ts';
import type { EntryKind } from '#shared/contract/journal/entry-kinds.ts';
import { IntegrityFault } from '#shared/kernel/integrity-fault.ts';
import { createApplyEntry } from '../apply-entry.ts';
import { migrate } from '../migrate.ts';
import { type AnyDatabase, openWritableDatabase } from '../open-database.ts';
import {
  allocations,
  device,
  journal,
  mirror,
  operators,
  raffleEvents,
  resolutions,
  validationBlocks,
} from '../schema.ts';

/** The kinds that make the rows below. Few among thousands of sales. */
const KINDS: readonly EntryKind[] = [
  'terminal.enrolled',
  'terminal.started',
  'terminal.stopped',
  'configuration.approved',
  'mirror.received',
  'numbers.received',
  'control.received',
  'raffle-event.chosen',
  'sales.ended',
  'operator.signed-in',
  'operator.sign-in-failed',
  'operator.signed-out',
  'operator.pin-changed',
  'session.unlocked',
];

/** The tables that those kinds make, and the columns of theirs that sales move instead. */
const TABLES = [
  { table: device, moved: [] },
  { table: mirror, moved: [] },
  { table: raffleEvents, moved: ['order_count', 'gross_minor'] },
  { table: operators, moved: [] },
  { table: allocations, moved: ['next_index'] },
  { table: validationBlocks, moved: ['next_sequence'] },
  { table: resolutions, moved: [] },
] as const;

/**
 * Compares everything that is kept but sales and prints with the journal, by applying its entries to
 * an empty database in memory.
 *
 * Throws `IntegrityFault` naming the first table that differs.
 */
export function compareKeptFacts(database: AnyDatabase, migrationsDirectory: string): string {
  const replayed = openWritableDatabase(':memory:');
  try {
    migrate(replayed, { migrationsDirectory, backUp: () => {} });
    // The journal itself is not copied.
    replayed.client.pragma('foreign_keys = OFF');
    const applyEntry = createApplyEntry(replayed, database);
    const entries = listEntries(database);
    for (const { seq, body } of entries) {
      const reading = readEntryBody(body);
      if (!reading.ok) throw new IntegrityFault(`entry ${seq}: ${reading.failure}`);
      applyEntry(reading.value, seq);
    }
    for (const { table, moved } of TABLES) {
      const name = getTableName(table);
      const columns = Object.values(getTableColumns(table)).map((column) => column.name);
      const kept = columns.filter((column) => !moved.some((other) => other === column));
      const query = `SELECT ${kept.join(', ')} FROM ${name} ORDER BY 1`;
      if (!isDeepStrictEqual(readAll(database, query), readAll(replayed, query))) {
        throw new IntegrityFault(`the table ${name} differs from the journal`);
      }
    }
    return `${TABLES.length} tables equal what ${entries.length} entries make`;
  } finally {
    replayed.client.close();
  }
}

function listEntries(database: AnyDatabase) {
  return database.orm
    .select({ seq: journal.seq, body: journal.body })
    .from(journal)
    .where(inArray(journal.kind, [...KINDS]))
    .orderBy(asc(journal.seq))
    .all();
}

function readAll(database: AnyDatabase, query: string): readonly unknown[] {
  return database.client.prepare(query).all();
}
