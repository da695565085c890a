import type { RaffleEventId } from '#shared/kernel/ids.ts';
import type { JsonValue } from '#shared/kernel/json.ts';
import { type Refused, refuse } from '#shared/kernel/result.ts';
import type { Problem } from '../../api/problems.ts';

/**
 * Refuses a change of a raffle event; the attempt is noted as a critical event: who, when and what
 * (GLI-31 2.2.3).
 */
export function refuseChange(
  raffleEventId: RaffleEventId,
  problem: Omit<Problem, 'attempt'>,
  attempted: Readonly<Record<string, JsonValue>>,
): Refused<Problem> {
  return refuse({
    ...problem,
    attempt: {
      type: 'raffle-event.change-refused',
      severity: 'WARN',
      description: problem.detail,
      raffleEventId,
      metadata: { code: problem.code, attempted },
    },
  });
}
