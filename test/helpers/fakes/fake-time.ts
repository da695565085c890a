import type { Clock } from '#main/ports/clock.ts';
import type { Timers } from '#main/ports/timers.ts';
import { addMilliseconds, type Instant, instantFromEpoch } from '#shared/kernel/instant.ts';

interface Alarm {
  dueMs: number;
  readonly everyMs: number | undefined;
  readonly run: () => void;
}

/** The last part of a long wait is lived through; before it, each timer runs once. */
const LIVED_THROUGH_MS = 3_000;

/** Clocks and timers that move only when a test says so. */
export interface FakeTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Moves both clocks on, running what is due on the way, and lets what that starts settle. */
  advance(milliseconds: number): Promise<void>;
  /** The computer sleeps: nothing runs, the wall clock and the count since boot go on. */
  sleep(milliseconds: number): void;
  /** Moves the wall clock alone: somebody sets it, or the battery is flat. */
  moveWall(milliseconds: number): void;
  /** Forgets all timers: the program that set them was killed. */
  forgetTimers(): void;
}

/** Lets everything that waits for nothing but its turn come to its end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Starts at `start`, with a monotonic clock at some arbitrary reading. */
export function createFakeTime(start: Instant): FakeTime {
  let wall = start;
  let monotonicMs = 5_000_000;
  let sleptMs = 0;
  let alarms: Alarm[] = [];

  function set(alarm: Alarm): () => void {
    alarms.push(alarm);
    return () => {
      alarms = alarms.filter((other) => other !== alarm);
    };
  }

  function moveTo(dueMs: number): void {
    wall = addMilliseconds(wall, dueMs - monotonicMs);
    monotonicMs = dueMs;
  }

  function skipTo(whenMs: number): void {
    moveTo(whenMs);
    for (const alarm of alarms) alarm.dueMs = Math.max(alarm.dueMs, whenMs);
  }

  return {
    clock: {
      wall: () => wall,
      monotonicMs: () => monotonicMs,
      sinceBootMs: () => monotonicMs + sleptMs,
    },
    timers: {
      every: (everyMs, run) => set({ dueMs: monotonicMs + everyMs, everyMs, run }),
      after: (delayMs, run) => set({ dueMs: monotonicMs + delayMs, everyMs: undefined, run }),
    },
    async advance(milliseconds) {
      const endMs = monotonicMs + milliseconds;
      if (milliseconds > LIVED_THROUGH_MS) skipTo(endMs - LIVED_THROUGH_MS);
      for (;;) {
        const [next] = alarms.toSorted((left, right) => left.dueMs - right.dueMs);
        if (next === undefined || next.dueMs > endMs) break;
        moveTo(next.dueMs);
        if (next.everyMs === undefined) alarms = alarms.filter((other) => other !== next);
        else next.dueMs += next.everyMs;
        next.run();
        await settle();
      }
      moveTo(endMs);
      await settle();
    },
    sleep(milliseconds) {
      wall = addMilliseconds(wall, milliseconds);
      sleptMs += milliseconds;
    },
    moveWall(milliseconds) {
      wall = addMilliseconds(wall, milliseconds);
    },
    forgetTimers() {
      alarms = [];
    },
  };
}

/** The instant that most tests start at: half an hour after sales have begun. */
export const TEST_START: Instant = instantFromEpoch(Date.UTC(2026, 10, 22, 18, 30));
