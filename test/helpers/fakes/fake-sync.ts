import type { SyncLink, SyncNews } from '#main/ports/sync-link.ts';
import type { RaffleEventId } from '#shared/kernel/ids.ts';
import { settle } from './fake-time.ts';

/** A sync worker whose news a test tells. */
export interface FakeSync extends SyncLink {
  /** Tells the till, and waits until it has dealt with it. */
  tell(...news: readonly SyncNews[]): Promise<void>;
  /** The sequence it may upload up to. */
  readonly flushedSeq: () => number;
  readonly requested: () => readonly RaffleEventId[];
}

/** Makes a sync worker that has nothing to say. */
export function createFakeSync(): FakeSync {
  const listeners = new Set<(news: SyncNews) => void>();
  const requested: RaffleEventId[] = [];
  let flushed = 0;
  return {
    wake(seq) {
      flushed = seq;
    },
    requestNumbers(raffleEventId) {
      requested.push(raffleEventId);
    },
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {},
    async tell(...news) {
      for (const piece of news) for (const listener of listeners) listener(piece);
      await settle();
    },
    flushedSeq: () => flushed,
    requested: () => requested,
  };
}
