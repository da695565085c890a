import type { SyncStanding } from '#shared/contract/terminal/snapshot.ts';
import { formatCount } from './format-numbers.ts';

/** How far sending has got, in a few words. */
export interface SyncWords {
  readonly tone: 'good' | 'busy' | 'warning';
  readonly text: string;
}

/** "All sent", or how many sales are still only here. */
export function syncWords(sync: SyncStanding): SyncWords {
  const unsent = sync.orderCount - sync.sentOrderCount;
  if (!sync.isOnline) {
    return unsent > 0
      ? { tone: 'warning', text: `${formatCount(unsent)} saved here` }
      : { tone: 'warning', text: 'No connection' };
  }
  if (unsent > 0) return { tone: 'busy', text: `${formatCount(unsent)} saved here, sending` };
  return sync.isAllSent ? { tone: 'good', text: 'All sent' } : { tone: 'busy', text: 'Sending' };
}

/** The large closing message: `ALL SALES SENT 412/412`, or why the till must stay. */
export function closingWords(sync: SyncStanding): {
  readonly isDone: boolean;
  readonly text: string;
  readonly count: string;
  readonly action: string;
} {
  const { orderCount, sentOrderCount, underReviewCount, isAllSent } = sync;
  const unsent = orderCount - sentOrderCount;
  const review = underReviewCount > 0 ? ` ${formatCount(underReviewCount)} under review.` : '';
  if (isAllSent) {
    return {
      isDone: true,
      text: 'ALL SALES SENT',
      count: `${formatCount(sentOrderCount)}/${formatCount(orderCount)}`,
      action: `You can hand in this till.${review}`,
    };
  }
  return {
    isDone: false,
    text: unsent > 0 ? `${formatCount(unsent)} STILL HERE` : 'STILL CHECKING',
    count: `${formatCount(sentOrderCount)}/${formatCount(orderCount)}`,
    action: `Stay on Wi-Fi.${review}`,
  };
}
