import type { z } from 'zod';
import type { CentralProblem } from '#main/ports/central-client.ts';
import { centralFailureSchema } from '#shared/contract/central/control.ts';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import type { HttpAnswer } from './http-exchange.ts';

/** How long to keep off when told to, but not for how long. */
const USUAL_RETRY_AFTER_MS = 5_000;

/** However long a server asks for: a wrong header must not silence a till for a day. */
const LONGEST_RETRY_AFTER_MS = 300_000;

/**
 * What an answer means, by its status and code alone.
 *
 * Whatever does not speak the protocol (a captive portal, a proxy, a redirect) is a `transport`
 * problem: nothing was wrong with what was asked.
 */
export function classifyAnswer<Answer>(
  answer: HttpAnswer,
  schema: z.ZodType<Answer>,
): Result<Answer, CentralProblem> {
  const { status } = answer;
  if (status >= 200 && status < 300) return readSuccess(answer, schema);
  if (status === 429 || (status === 503 && answer.retryAfter !== undefined)) {
    return refuse({ kind: 'back-pressure', retryAfterMs: readRetryAfter(answer.retryAfter) });
  }
  return status >= 400 ? refuse(readRefusal(answer)) : refuse(strange(answer));
}

function readSuccess<Answer>(
  answer: HttpAnswer,
  schema: z.ZodType<Answer>,
): Result<Answer, CentralProblem> {
  const parsed = schema.safeParse(readJson(answer.body));
  return parsed.success ? ok(parsed.data) : refuse(strange(answer));
}

function readRefusal(answer: HttpAnswer): CentralProblem {
  const refusal = centralFailureSchema.safeParse(readJson(answer.body));
  if (refusal.success) {
    return { kind: 'refused', code: refusal.data.code, detail: refusal.data.detail };
  }
  // A proxy before the central may have a smaller limit than the central and no knowledge of its JSON.
  if (answer.status === 413) {
    return { kind: 'refused', code: 'request.too-large', detail: 'refused on the way' };
  }
  return strange(answer);
}

function strange(answer: HttpAnswer): CentralProblem {
  return {
    kind: 'transport',
    detail: `HTTP ${answer.status} that is not an answer of the central`,
  };
}

/** Seconds, as the central sends them; a date would depend on this computer's clock. */
function readRetryAfter(header: string | undefined): number {
  if (header === undefined || !/^\d{1,9}$/.test(header)) return USUAL_RETRY_AFTER_MS;
  return Math.min(Number(header) * 1_000, LONGEST_RETRY_AFTER_MS);
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
