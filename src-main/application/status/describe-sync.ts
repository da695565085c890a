import type { Connection } from '#main/application/central/connection.ts';
import type { View } from '#main/application/sale/selling-desk.ts';
import type { Failure } from '#shared/contract/failures.ts';
import type { SyncStanding } from '#shared/contract/terminal/snapshot.ts';
import type { OfflineUse } from '#shared/domain/offline-limits.ts';

/** What describing the standing with the central takes besides the rows. */
export interface SyncSetting {
  readonly view: View;
  readonly connection: Pick<Connection, 'isOnline' | 'problem'>;
  readonly alarm: Failure | null;
  readonly offlineUse: OfflineUse | null;
}

const NO_ORDERS = { orderCount: 0, unsentOrderCount: 0, underReviewCount: 0 };

/**
 * How this till stands with the central; null before enrolment.
 *
 * "All sent" means that everything is acknowledged and both sides count the same orders and money
 * (GLI-31 2.6.2b).
 */
export function describeSync({
  view,
  connection,
  alarm,
  offlineUse,
}: SyncSetting): SyncStanding | null {
  const { rows, notes } = view;
  const device = rows.device();
  if (device === undefined) return null;
  const note = notes.sync();
  const isOnline = connection.isOnline();
  const chosen = device.chosenRaffleEventId;
  const counts = chosen === null ? NO_ORDERS : rows.orderCounts(chosen);
  const unsentEntryCount = Math.max(0, rows.head().seq - note.acknowledgedSeq);
  return {
    isOnline,
    lastContactAt: note.lastContactAt,
    deviceState: device.deviceState,
    orderCount: counts.orderCount,
    sentOrderCount: counts.orderCount - counts.unsentOrderCount,
    underReviewCount: counts.underReviewCount,
    unsentEntryCount,
    isAllSent: unsentEntryCount === 0 && note.isAgreed,
    problem: alarm ?? connection.problem(),
    offlineUse: isOnline || offlineUse === null ? null : { ...offlineUse },
  };
}
