import type { Timers } from '#main/ports/timers.ts';

/** Node's timers. They keep the program running until they are cancelled. */
export function createSystemTimers(): Timers {
  return {
    every: (milliseconds, run) => {
      const timer = setInterval(run, milliseconds);
      return () => clearInterval(timer);
    },
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}
