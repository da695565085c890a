import type { CentralProblem } from '#main/ports/central-client.ts';
import type { Clock } from '#main/ports/clock.ts';
import { addMilliseconds, type Instant } from '#shared/kernel/instant.ts';
import { ok, type Result } from '#shared/kernel/result.ts';

/** An answer, and what time the central had when it arrived. */
export interface Received<Answer> {
  readonly answer: Answer;
  /** The time in the answer plus half the round trip. */
  readonly serverTime: Instant;
  /** This computer's monotonic clock at that moment. */
  readonly monotonicMs: number;
}

/** What becomes of one call to the central. */
export type CallResult<Answer> = Result<Received<Answer>, CentralProblem>;

/** Makes a call and notes when its answer came. */
export async function timed<Answer extends { readonly serverTime: Instant }>(
  clock: Clock,
  call: () => Promise<Result<Answer, CentralProblem>>,
): Promise<CallResult<Answer>> {
  const startedAt = clock.monotonicMs();
  const result = await call();
  if (!result.ok) return result;
  const monotonicMs = clock.monotonicMs();
  const halfRoundTrip = Math.round((monotonicMs - startedAt) / 2);
  const serverTime = addMilliseconds(result.value.serverTime, halfRoundTrip);
  return ok({ answer: result.value, serverTime, monotonicMs });
}
