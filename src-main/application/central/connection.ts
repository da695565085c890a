import type { CentralProblem } from '#main/ports/central-client.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';

/** Whether the central can be reached now: the last call succeeded. Nothing of it is kept. */
export interface Connection {
  isOnline(): boolean;
  /** Why nothing moves; null when nothing is wrong. */
  problem(): Failure | null;
  /** A call succeeded. True if that is news. */
  noteContact(): boolean;
  /** A call failed. True if the central could be reached before. */
  noteProblem(problem: CentralProblem): boolean;
  /** Nothing has moved for so long although the central answers. True if that is news. */
  noteStall(sinceMs: number): boolean;
  /** The central has more of the chain than before, or the same. */
  noteProgress(): void;
}

/** Refusals that say nothing about this till's standing: the central was reached and answered. */
const ANSWERS: ReadonlySet<string> = new Set([
  'allocation.exhausted',
  'raffle-event.not-selling',
  'raffle-event.unknown',
  'holdings.awaited',
  'request.invalid',
  'request.too-large',
  'token.upload-only',
]);

/** A till that has not heard of the central yet. */
export function createConnection(): Connection {
  let isOnline = false;
  let problem: Failure | null = null;
  let stall: Failure | null = null;
  return {
    isOnline: () => isOnline,
    problem: () => problem ?? stall,
    noteContact() {
      const isNews = !isOnline;
      isOnline = true;
      problem = null;
      return isNews;
    },
    noteProblem(next) {
      const wasOnline = isOnline;
      problem = failureOf(next);
      if (next.kind !== 'refused' || !ANSWERS.has(next.code)) isOnline = false;
      return wasOnline && !isOnline;
    },
    noteStall(sinceMs) {
      const isNews = stall === null;
      stall = failure('central.unreachable', { cause: 'stalled', sinceMs });
      return isNews;
    },
    noteProgress() {
      stall = null;
    },
  };
}

/** A problem with the central as a refusal that a screen can word. */
function failureOf(problem: CentralProblem): Failure {
  switch (problem.kind) {
    case 'transport':
      return failure('central.unreachable', { cause: problem.detail });
    case 'back-pressure':
      return failure('central.unreachable', { retryAfterMs: problem.retryAfterMs });
    case 'certificate-date':
      return failure('central.certificate-date');
    case 'not-our-central':
      return failure('central.not-ours');
    case 'refused':
      return failure('central.refused', { code: problem.code, cause: problem.detail });
  }
}
