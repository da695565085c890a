import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
} from 'fastify-type-provider-zod';
import {
  PROBLEMS,
  type ProblemCode,
  type ProblemDetails,
} from '#shared/contract/central/people/problem.ts';
import { type Refused, refuse } from '#shared/kernel/result.ts';
import type { Central } from '../central.ts';
import type { NewCriticalEvent } from '../modules/critical-events/record-critical-event.ts';
import { serverTime } from '../modules/devices/control.ts';

/** Why a person or the public does not get what they asked for. */
export interface Problem {
  readonly code: ProblemCode;
  /** For people and logs; never a secret. */
  readonly detail: string;
  /** Noted although the command itself is undone: an attempt that must not pass unseen. */
  readonly attempt?: NewCriticalEvent;
  /** All that stands in the way, where that is more than one thing. */
  readonly missing?: readonly string[];
}

/** A refusal with its code. */
export function refuseWith(
  code: ProblemCode,
  detail: string,
  attempt?: NewCriticalEvent,
): Refused<Problem> {
  return refuse({ code, detail, ...(attempt === undefined ? {} : { attempt }) });
}

/** Sends a refusal as problem details (RFC 9457). */
export function sendProblem(
  central: Central,
  request: FastifyRequest,
  reply: FastifyReply,
  { code, detail, missing }: Problem,
) {
  const [status, title] = PROBLEMS[code];
  const body: ProblemDetails = {
    type: `urn:counterfoil:problem:${code}`,
    title,
    status,
    detail,
    code,
    instance: request.url.split('?', 1)[0] ?? '',
    serverTime: serverTime(central),
    ...(missing === undefined ? {} : { missing: [...missing] }),
  };
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body);
}

/** Makes a problem of everything that goes wrong outside the services; a bug is logged here, once. */
export function handleProblems(central: Central) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemOf(error);
    if (problem.code === 'central.fault') request.log.error({ err: error }, 'central.fault');
    return sendProblem(central, request, reply, problem);
  };
}

function problemOf(error: FastifyError): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [issue] = error.validation;
    const detail = `${issue?.instancePath ?? ''} ${issue?.message ?? 'does not fit'}`.trim();
    return { code: 'request.invalid', detail };
  }
  if (isResponseSerializationError(error)) return FAULT;
  if (error.statusCode === 413) return { code: 'request.too-large', detail: 'too many bytes' };
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return { code: 'request.invalid', detail: error.message };
  }
  return databaseProblem(error) ?? FAULT;
}

const FAULT: Problem = { code: 'central.fault', detail: 'the central has a fault' };

/** What the database refused by itself, by its own codes; undefined for a fault. */
export function databaseProblem(error: Error): Problem | undefined {
  const cause = error.cause;
  if (!(cause instanceof Error) || !('code' in cause)) return undefined;
  return DATABASE_PROBLEMS[String(cause.code)];
}

const DATABASE_PROBLEMS: Readonly<Record<string, Problem>> = {
  '23505': { code: 'thing.exists', detail: 'another one has this name or number already' },
  '23001': { code: 'thing.frozen', detail: 'this part of the records does not change any more' },
  '40001': { code: 'conflict.try-again', detail: 'another change got in the way' },
  '40P01': { code: 'conflict.try-again', detail: 'another change got in the way' },
};
