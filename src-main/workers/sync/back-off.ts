import type { CentralProblem } from '#main/ports/central-client.ts';
import type { RandomSource } from '#main/ports/randomness.ts';
import type { SyncPace } from './pace.ts';

/**
 * How long to pause after `failures` failures in a row, in milliseconds: anything up to a limit that
 * doubles each time (full jitter), so that a hundred tills do not come back at the same moment.
 */
export function pauseAfter(
  failures: number,
  pace: Pick<SyncPace, 'firstPauseMs' | 'longestPauseMs'>,
  random: RandomSource,
): number {
  const limit = Math.min(pace.longestPauseMs, pace.firstPauseMs * 2 ** (failures - 1));
  return Math.round(limit * fractionFrom(random));
}

/** The least pause that a problem itself asks for. */
export function pauseDemandedBy(problem: CentralProblem): number {
  return problem.kind === 'back-pressure' ? problem.retryAfterMs : 0;
}

function fractionFrom(random: RandomSource): number {
  const bytes = random.bytes(4);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) / 2 ** 32;
}
