import type { DeviceCentral } from '#main/adapters/central/device-central.ts';
import type { JournalReader } from '#main/ports/journal-reader.ts';
import type { SyncNews } from '#main/ports/sync-link.ts';

/** Who takes part in a sync: the central, the till's own journal, and who is told of it. */
export interface SyncParties {
  /** The present client: the watchdog may replace it at any time. */
  central(): DeviceCentral;
  readonly journal: JournalReader;
  tell(news: SyncNews): void;
}
