import { epochOf } from '#shared/kernel/instant.ts';
import { waitUntil } from '../../stores/sign-in-flow.ts';
import { useTerminalTime } from '../../stores/use-terminal-time.ts';
import type { ScreenFailure } from '../../transport/screen-failure.ts';

/** Milliseconds until the next PIN may be tried; 0 when it may be now. */
export function usePinWait(problem: ScreenFailure | 'not-the-same' | null): number {
  const nowMs = useTerminalTime();
  const until = waitUntil(problem);
  return until === null ? 0 : Math.max(0, epochOf(until) - nowMs);
}
