import type { EntryBody } from '#shared/contract/journal/entry-body.ts';
import type { EntryKind } from '#shared/contract/journal/entry-kinds.ts';
import type { Appliers } from './appliers.ts';
import { createDeviceAppliers } from './apply-device-entries.ts';
import { createDownloadAppliers } from './apply-download-entries.ts';
import { createOperatorAppliers } from './apply-operator-entries.ts';
import { createPrintAppliers } from './apply-print-entries.ts';
import { createSaleAppliers } from './apply-sale-entries.ts';
import type { AnyDatabase, WritableDatabase } from './open-database.ts';

/** Changes the rows as the entry at `seq` says. */
export type ApplyEntry = (body: EntryBody, seq: number) => void;

/**
 * The only writer of journaled rows: the same code live and in a rebuild, so that both give the same
 * rows.
 *
 * Reads nothing but its entry, the rows and earlier entries: no clock, no random number, no key. Those
 * are in the same database unless `journalHolder` says otherwise. Throws on an entry that contradicts
 * the rows, which is a bug of whoever decided it.
 */
export function createApplyEntry(
  database: WritableDatabase,
  journalHolder: AnyDatabase = database,
): ApplyEntry {
  const appliers = {
    ...createDeviceAppliers(database),
    ...createDownloadAppliers(database, journalHolder),
    ...createOperatorAppliers(database),
    ...createSaleAppliers(database),
    ...createPrintAppliers(database),
  } satisfies Appliers<EntryKind>;
  return (body, seq) => {
    const apply = appliers[body.kind] as ApplyEntry;
    apply(body, seq);
  };
}
