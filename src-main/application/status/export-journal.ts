import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { JournalExport } from '#main/ports/journal-export.ts';
import type { Log } from '#main/ports/log.ts';
import { failure } from '#shared/contract/failures.ts';
import { ok, refuse } from '#shared/kernel/result.ts';

/**
 * Copies database and second journal file into a new folder, as they are: the way out for the sales
 * of a till that is out of service (GLI-31 3.4.5). Refuses with `disk.full` when the copy cannot be
 * written.
 */
export function createExportJournal(
  journalExport: JournalExport,
  log: Log,
): OperationHandlers['diagnostics.export'] {
  return async () => {
    try {
      const { folder, entryCount } = await journalExport.copy();
      return ok({ folder, entryCount });
    } catch (error) {
      log.error({ error }, 'the journal could not be exported');
      return refuse(failure('disk.full'));
    }
  };
}
