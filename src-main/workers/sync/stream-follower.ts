import type { DeviceCentral, OpenStream } from '#main/adapters/central/device-central.ts';
import type { Clock } from '#main/ports/clock.ts';
import type { RandomSource } from '#main/ports/randomness.ts';
import { pauseAfter } from './back-off.ts';
import type { SyncPace } from './pace.ts';

/** What following the stream needs. */
export interface StreamFollowerParts {
  readonly central: () => Pick<DeviceCentral, 'openStream'>;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly pace: SyncPace;
  /** Something has changed at the central, or the stream is over and something may have. */
  readonly onChange: () => void;
}

/** Keeps the central's stream open, so that a change is known at once. Polling goes on without it. */
export interface StreamFollower {
  isOpen(): boolean;
  /** Opens the stream unless it is open, being opened, or failed a moment ago. */
  ensureOpen(): void;
  close(): void;
}

/**
 * Follows one stream at a time. A stream that ends says nothing about the connection: proxies cut
 * them off as they please.
 */
export function createStreamFollower(parts: StreamFollowerParts): StreamFollower {
  const { central, clock, random, pace, onChange } = parts;
  let state: 'closed' | 'opening' | 'open' = 'closed';
  let stream: OpenStream | undefined;
  let failures = 0;
  let notBeforeMs = Number.NEGATIVE_INFINITY;
  let isOver = false;

  async function follow(): Promise<void> {
    state = 'opening';
    stream = await central().openStream(onChange);
    if (isOver) stream?.close();
    if (stream !== undefined) {
      state = 'open';
      const openedAtMs = clock.monotonicMs();
      await stream.ended;
      if (clock.monotonicMs() - openedAtMs > pace.longestPauseMs) failures = 0;
    }
    failures += 1;
    notBeforeMs = clock.monotonicMs() + pauseAfter(failures, pace, random);
    const wasOpen = state === 'open';
    state = 'closed';
    if (wasOpen) onChange();
  }

  return {
    isOpen: () => state === 'open',
    ensureOpen() {
      if (state === 'closed' && !isOver && clock.monotonicMs() >= notBeforeMs) void follow();
    },
    close() {
      isOver = true;
      stream?.close();
    },
  };
}
