import type { AllocationAnswer } from '#main/adapters/central/http-central.ts';
import type { CentralProblem } from '#main/ports/central-client.ts';
import type { RaffleEventId, RequestId } from '#shared/kernel/ids.ts';
import type { SyncParties } from './parties.ts';

/** A wish for more numbers. It keeps its id until it is answered, so that a repeat grants no more. */
export interface NumberRequest {
  readonly requestId: RequestId;
  readonly raffleEventId: RaffleEventId;
}

/** The wishes that have not been answered. */
export interface NumberRequests {
  /** Adds a wish. The same wish again changes nothing. */
  add(request: NumberRequest): void;
  /** When the first wish may be sent; infinitely late without one. */
  dueAtMs(): number;
  /** Sends every wish that is due. Returns the first problem. */
  send(nowMs: number): Promise<CentralProblem | undefined>;
}

/** Keeps wishes; one that was refused waits for `retryMs` and holds up no other. */
export function createNumberRequests(
  { central, journal, tell }: SyncParties,
  retryMs: number,
): NumberRequests {
  const waiting = new Map<RequestId, NumberRequest & { readonly dueAtMs: number }>();

  async function sendOne({ requestId, raffleEventId }: NumberRequest, nowMs: number) {
    const left = journal.numbersLeft(raffleEventId);
    const result = await central().requestNumbers({
      requestId,
      raffleEventId,
      drawNumbersLeft: left.drawNumbers,
      validationNumbersLeft: left.validationNumbers,
    });
    if (!result.ok) {
      waiting.set(requestId, { requestId, raffleEventId, dueAtMs: nowMs + retryMs });
      return result.failure;
    }
    waiting.delete(requestId);
    tell(numbersNews(requestId, result.value.answer));
    return undefined;
  }

  const dueAtMs = () =>
    Math.min(Number.POSITIVE_INFINITY, ...[...waiting.values()].map((request) => request.dueAtMs));

  return {
    add(request) {
      if (!waiting.has(request.requestId))
        waiting.set(request.requestId, { ...request, dueAtMs: 0 });
    },
    dueAtMs,
    async send(nowMs) {
      let firstProblem: CentralProblem | undefined;
      for (const request of [...waiting.values()]) {
        if (request.dueAtMs > nowMs) continue;
        const problem = await sendOne(request, nowMs);
        firstProblem ??= problem;
        if (problem !== undefined && problem.kind !== 'refused') break;
      }
      return firstProblem;
    },
  };
}

function numbersNews(requestId: RequestId, answer: AllocationAnswer) {
  const { allocations, validationBlocks } = answer;
  return { kind: 'numbers', requestId, allocations, validationBlocks } as const;
}
