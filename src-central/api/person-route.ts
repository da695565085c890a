import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problemSchema } from '#shared/contract/central/people/problem.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Central } from '../central.ts';
import type { Transaction } from '../db/database.ts';
import { transactOrUndo } from '../db/transact-or-undo.ts';
import { recordCriticalEvent } from '../modules/critical-events/record-critical-event.ts';
import { authenticatePerson } from '../plugins/authenticate-person.ts';
import type { TypedApp } from '../typed-app.ts';
import { type Access, authorise, ownedParameters } from './access.ts';
import type { Call } from './call.ts';
import { answerOnce } from './idempotency.ts';
import type { Person } from './person.ts';
import { handleProblems, type Problem, sendProblem } from './problems.ts';

/** The most bytes of a person's request, unless a call says otherwise. */
const LARGEST_BODY_BYTES = 256 * 1024;

const nothing = z.object({});

/** What every call for people says of itself. */
interface Description<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  readonly url: string;
  readonly access: Access;
  /** The part of the system that the call belongs to; sessions list the areas that were opened. */
  readonly area: string;
  /** One line for the API's page. */
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly largestBodyBytes?: number;
}

type CallOf<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = Call<
  z.output<Params>,
  z.output<Query>,
  z.output<Body>
>;

type Handled<Answer extends z.ZodType> = Promise<Result<z.input<Answer>, Problem>>;

/** A file to be kept or printed. */
export interface FileAnswer {
  readonly mediaType:
    | 'text/csv; charset=utf-8'
    | 'application/pdf'
    | 'application/json; charset=utf-8';
  readonly fileName: string;
  readonly content: Uint8Array | string;
}

/** Declares a call by which people read. */
export function personQuery<
  Answer extends z.ZodType,
  Params extends z.ZodType = typeof nothing,
  Query extends z.ZodType = typeof nothing,
>(
  routes: TypedApp,
  central: Central,
  route: Description<Params, Query, z.ZodUndefined> & {
    readonly answer: Answer;
    readonly handler: (call: CallOf<Params, Query, z.ZodUndefined>) => Handled<Answer>;
  },
): void {
  register(routes, central, 'GET', route, { 200: route.answer }, async (call, request, reply) => {
    const result = await route.handler(call);
    return result.ok
      ? reply.header('cache-control', 'no-store').send(result.value)
      : sendProblem(central, request, reply, result.failure);
  });
}

/** Declares a call by which people fetch a file: CSV or PDF. */
export function personFile<
  Params extends z.ZodType = typeof nothing,
  Query extends z.ZodType = typeof nothing,
>(
  routes: TypedApp,
  central: Central,
  route: Description<Params, Query, z.ZodUndefined> & {
    readonly handler: (
      call: CallOf<Params, Query, z.ZodUndefined>,
    ) => Promise<Result<FileAnswer, Problem>>;
  },
): void {
  register(routes, central, 'GET', route, {}, async (call, request, reply) => {
    const result = await route.handler(call);
    if (!result.ok) return sendProblem(central, request, reply, result.failure);
    const { mediaType, fileName, content } = result.value;
    return reply
      .header('content-type', mediaType)
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'no-store')
      .send(typeof content === 'string' ? content : Buffer.from(content));
  });
}

/**
 * Declares a call by which people change something.
 *
 * The handler works in one transaction in which the person is the actor. A refusal undoes all of it.
 * With an `Idempotency-Key` the same request again gets the first answer, and does nothing.
 */
export function personCommand<
  Answer extends z.ZodType,
  Params extends z.ZodType = typeof nothing,
  Body extends z.ZodType = z.ZodUndefined,
>(
  routes: TypedApp,
  central: Central,
  route: Description<Params, typeof nothing, Body> & {
    readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    readonly status: 200 | 201;
    readonly answer: Answer;
    /** False where the answer holds a secret, which is shown once and kept nowhere. */
    readonly keepsAnswer?: boolean;
    /** Where doing it twice would cost somebody money. */
    readonly needsKey?: boolean;
    readonly handler: (
      transaction: Transaction,
      call: CallOf<Params, typeof nothing, Body>,
    ) => Handled<Answer>;
  },
): void {
  const answers = { [route.status]: route.answer };
  register(routes, central, route.method, route, answers, async (call, request, reply) => {
    const key = keyOf(request, route.keepsAnswer ?? true);
    if (route.needsKey === true && key === undefined) {
      const detail = 'send an Idempotency-Key, so that sending it again does it once';
      return sendProblem(central, request, reply, { code: 'idempotency-key.required', detail });
    }
    const result = await runCommand(central, call.person, (transaction) =>
      answerOnce(central, transaction, call.person, key, () => route.handler(transaction, call)),
    );
    return result.ok
      ? reply.code(route.status).header('cache-control', 'no-store').send(result.value)
      : sendProblem(central, request, reply, result.failure);
  });
}

async function runCommand<Value>(
  central: Central,
  person: Person,
  work: (transaction: Transaction) => Promise<Result<Value, Problem>>,
): Promise<Result<Value, Problem>> {
  const result = await transactOrUndo(central.database, person, work);
  const attempt = result.ok ? undefined : result.failure.attempt;
  if (attempt !== undefined) {
    await recordCriticalEvent(central.database, { userId: person.userId, ...attempt });
  }
  return result;
}

const commandHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 printable characters without spaces')
    .optional(),
  'if-match': z
    .string()
    .regex(/^"[\w.:-]{1,100}"$/, 'must be a revision in quotes')
    .optional(),
});

function keyOf(request: FastifyRequest, keepsAnswer: boolean) {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !keepsAnswer) return undefined;
  const { method, url, body } = request;
  const requestHash = createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest();
  return { key, requestHash };
}

function register<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  routes: TypedApp,
  central: Central,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  route: Description<Params, Query, Body>,
  answers: Readonly<Record<number, z.ZodType>>,
  handle: (
    call: CallOf<Params, Query, Body>,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<unknown>,
): void {
  ownedParameters(route.url);
  const { params, query, body, access, area, summary } = route;
  const people = new WeakMap<FastifyRequest, Person>();
  routes.route({
    method,
    url: route.url,
    bodyLimit: route.largestBodyBytes ?? LARGEST_BODY_BYTES,
    errorHandler: handleProblems(central),
    schema: {
      summary,
      description: describeAccess(access),
      tags: [area],
      security: [{ person: [] }],
      ...(params === undefined ? {} : { params }),
      querystring: query ?? z.strictObject({}),
      ...(body === undefined ? {} : { body }),
      ...(method === 'GET' ? {} : { headers: commandHeaders }),
      response: { ...answers, '4xx': PROBLEM_ANSWER, '5xx': PROBLEM_ANSWER },
    },
    onRequest: async (request, reply) => {
      const person = await authenticatePerson(central, request, area);
      if (!person.ok) return sendProblem(central, request, reply, person.failure);
      const path = request.params as Readonly<Record<string, string>>;
      const allowed = await authorise(central.database, person.value, access, route.url, path);
      if (!allowed.ok) return sendProblem(central, request, reply, allowed.failure);
      people.set(request, person.value);
      return undefined;
    },
    handler: async (request, reply): Promise<void> => {
      const person = people.get(request);
      invariant(person !== undefined, 'a call for people is authenticated');
      const call = {
        person,
        params: request.params,
        query: request.query,
        body: request.body,
        revision: request.headers['if-match']?.slice(1, -1),
      } as CallOf<Params, Query, Body>;
      await handle(call, request, reply);
    },
  });
}

const PROBLEM_ANSWER = { content: { 'application/problem+json': { schema: problemSchema } } };

function describeAccess(access: Access): string {
  switch (access.scope) {
    case 'own':
      return 'For everybody who is signed in.';
    case 'platform':
      return 'For platform administrators.';
    case 'organisation':
      return `For members of the organisation: ${access.roles.join(', ')}.`;
  }
}
