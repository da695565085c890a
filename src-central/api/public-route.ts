import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problemSchema } from '#shared/contract/central/people/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Central } from '../central.ts';
import type { SourceLimit } from '../plugins/source-limits.ts';
import type { TypedApp } from '../typed-app.ts';
import { readBriefly } from './briefly.ts';
import { handleProblems, type Problem, sendProblem } from './problems.ts';

const nothing = z.strictObject({});

/** An answer as it is sent, with the tag by which a repeat learns that it has not changed. */
interface TaggedAnswer {
  readonly body: string;
  readonly tag: string;
}

/**
 * Declares a call that anybody may make without signing in, from any web page.
 *
 * Its answer is worked out at most once in `maxAgeSeconds` for each path, and may be cached as long;
 * `If-None-Match` saves sending it again. Too many requests of one source are refused.
 */
export function publicQuery<Answer extends z.ZodType, Params extends z.ZodType = typeof nothing>(
  routes: TypedApp,
  central: Central,
  limit: SourceLimit,
  route: {
    readonly url: string;
    /** One line for the API's page. */
    readonly summary: string;
    readonly maxAgeSeconds: number;
    readonly params?: Params;
    readonly answer: Answer;
    readonly read: (params: z.output<Params>) => Promise<Result<z.input<Answer>, Problem>>;
  },
): void {
  const { url, summary, maxAgeSeconds, params, answer } = route;
  const answers: Readonly<Record<number, z.ZodType>> = { 200: answer };
  const readTagged = readBriefly(
    maxAgeSeconds * 1000,
    async (key): Promise<Result<TaggedAnswer, Problem>> => {
      const result = await route.read(JSON.parse(key) as z.output<Params>);
      return result.ok ? { ok: true, value: tag(answer.parse(result.value)) } : result;
    },
  );
  routes.route({
    method: 'GET',
    url,
    errorHandler: handleProblems(central),
    onRequest: refuseTooMany(central, limit),
    schema: {
      summary,
      description: 'For everybody, without signing in.',
      tags: ['public'],
      ...(params === undefined ? {} : { params }),
      querystring: nothing,
      response: { ...answers, '4xx': PROBLEM_ANSWER, '5xx': PROBLEM_ANSWER },
    },
    handler: async (request, reply): Promise<void> => {
      const result = await readTagged(JSON.stringify(request.params));
      if (!result.ok) {
        await sendProblem(central, request, reply, result.failure);
        return;
      }
      reply.header('cache-control', `public, max-age=${maxAgeSeconds}`);
      await sendTagged(request, reply, result.value);
    },
  });
}

/** Refuses a request whose source has made too many, with the time after which it may ask again. */
export function refuseTooMany(central: Central, limit: SourceLimit) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const tooMany = await limit(request);
    if (tooMany === undefined) return undefined;
    reply.header('retry-after', String(tooMany.retryAfterSeconds));
    const { detail } = tooMany;
    return sendProblem(central, request, reply, { code: 'request.too-many', detail });
  };
}

const PROBLEM_ANSWER = { content: { 'application/problem+json': { schema: problemSchema } } };

function tag(answer: unknown): TaggedAnswer {
  const body = JSON.stringify(answer);
  return { body, tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

function sendTagged(request: FastifyRequest, reply: FastifyReply, { body, tag }: TaggedAnswer) {
  reply.header('etag', tag).header('access-control-allow-origin', '*');
  if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(body);
}

/** Whether a cache has this answer: tags are compared weakly (RFC 9110, 13.1.2). */
function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known.includes(tag) || known.includes('*');
}
