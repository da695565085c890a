/** What a watchdog is shown. */
export interface Progress {
  readonly nowMs: number;
  readonly hasUnsent: boolean;
  readonly isOnline: boolean;
  /** The central's high water. */
  readonly sentSeq: number;
}

/** What to do about the progress. */
export type WatchdogOrder =
  | { readonly kind: 'carry-on' }
  | { readonly kind: 'rebuild' }
  | { readonly kind: 'rebuild-and-tell'; readonly sinceMs: number };

/**
 * Watches for the stall that comes without an error: entries wait, the central answers, and nothing
 * moves for `stallMs`. The first time it orders a new client; from then on it also has people told.
 */
export function createWatchdog(stallMs: number): {
  observe(progress: Progress): WatchdogOrder;
} {
  let sentSeq: number | undefined;
  let movedAtMs = 0;
  let stalls = 0;

  function restart(progress: Progress): WatchdogOrder {
    sentSeq = progress.sentSeq;
    movedAtMs = progress.nowMs;
    stalls = 0;
    return { kind: 'carry-on' };
  }

  return {
    observe(progress) {
      if (!progress.hasUnsent || !progress.isOnline || progress.sentSeq !== sentSeq) {
        return restart(progress);
      }
      const sinceMs = progress.nowMs - movedAtMs;
      if (sinceMs < stallMs * (stalls + 1)) return { kind: 'carry-on' };
      stalls += 1;
      return stalls === 1 ? { kind: 'rebuild' } : { kind: 'rebuild-and-tell', sinceMs };
    },
  };
}
