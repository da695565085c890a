import { setTimeout as wait } from 'node:timers/promises';

/** Waits; tests bring their own. */
export interface Timer {
  /** Settles after `ms`, or as soon as `signal` is aborted, whichever comes first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Waits in real time. */
export const systemTimer: Timer = {
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
};
