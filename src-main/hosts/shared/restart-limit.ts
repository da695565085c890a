/** How often something that died may be started again. */
export interface RestartLimit {
  /** Whether one more start is allowed now; if so, it is counted. */
  readonly allows: () => boolean;
}

const MOST_RESTARTS = 3;
const WITHIN_MS = 60_000;

/** Allows three starts in any 60 seconds: enough for an accident, too few for a loop. */
export function createRestartLimit(monotonicMs: () => number): RestartLimit {
  let starts: readonly number[] = [];
  return {
    allows() {
      const now = monotonicMs();
      starts = starts.filter((start) => now - start < WITHIN_MS);
      if (starts.length >= MOST_RESTARTS) return false;
      starts = [...starts, now];
      return true;
    },
  };
}
