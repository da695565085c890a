import { uptime } from 'node:os';
import type { Clock } from '#main/ports/clock.ts';
import { instantFromEpoch } from '#shared/kernel/instant.ts';

/** The computer's own clocks. */
export function createSystemClock(): Clock {
  return {
    wall: () => instantFromEpoch(Date.now()),
    // Not performance.now(): its zero differs between threads, and readings travel between them.
    monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
    sinceBootMs: () => uptime() * 1_000,
  };
}
