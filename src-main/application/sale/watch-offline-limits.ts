import type { TrustedTime } from '#main/application/clock/trusted-time.ts';
import type { Ledger } from '#main/application/ledger.ts';
import { significantEvent } from '#main/application/significant-event.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import { limitReached, type OfflineUse } from '#shared/domain/offline-limits.ts';
import type { SellingDesk } from './selling-desk.ts';

type Level = 'clear' | 'near' | 'reached';

/** Journals once that a limit without the central is near, and once that it is reached. */
export function createOfflineLimitsWatch(dependencies: {
  readonly unitOfWork: Pick<UnitOfWork, 'rows' | 'notes'>;
  readonly ledger: Pick<Ledger, 'recordByItself'>;
  readonly time: Pick<TrustedTime, 'now'>;
  readonly desk: Pick<SellingDesk, 'offlineUse'>;
  isOnline(): boolean;
}): () => Promise<void> {
  const { unitOfWork, ledger, time, desk, isOnline } = dependencies;
  let noted: Level = 'clear';
  return async () => {
    const { rows, notes } = unitOfWork;
    const use = isOnline() ? null : desk.offlineUse({ rows, notes, at: time.now() });
    const level = levelOf(use);
    const before = noted;
    noted = level;
    if (use === null || level === before || level === 'clear') return;
    const code = level === 'near' ? 'offline-limit.near' : 'offline-limit.reached';
    await ledger.recordByItself(
      'significant-event.noted',
      significantEvent(code, { limit: limitReached(use) ?? null }),
    );
  };
}

function levelOf(use: OfflineUse | null): Level {
  if (use?.isAtLimit === true) return 'reached';
  return use?.isNearLimit === true ? 'near' : 'clear';
}
