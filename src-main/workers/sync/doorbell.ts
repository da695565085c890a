import type { Timer } from './timer.ts';

/** Something to wait at until somebody rings or the time is up. */
export interface Doorbell {
  /** Ends the present wait; the next one, if nobody is waiting. */
  ring(): void;
  wait(ms: number): Promise<void>;
}

/** A doorbell at which one waits at a time. */
export function createDoorbell(timer: Timer): Doorbell {
  let hasRung = false;
  let waiting: AbortController | undefined;
  return {
    ring() {
      hasRung = true;
      waiting?.abort();
    },
    async wait(ms) {
      if (!hasRung) {
        waiting = new AbortController();
        await timer.sleep(ms, waiting.signal);
        waiting = undefined;
      }
      hasRung = false;
    },
  };
}
