import type { DeviceCentral } from '#main/adapters/central/device-central.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { JournalReader } from '#main/ports/journal-reader.ts';
import type { SyncNews } from '#main/ports/sync-link.ts';
import type { SyncPace } from './pace.ts';

/** Who takes part in a sync: the central, the till's own journal, and who is told of it. */
export interface SyncParties {
  /** The present client: the watchdog may replace it at any time. */
  central(): DeviceCentral;
  readonly journal: JournalReader;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly pace: SyncPace;
  tell(news: SyncNews): void;
}
