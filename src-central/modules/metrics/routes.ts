import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { OPERATIONS_ROUTES } from '#shared/contract/central/operations.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { handleProblems, type Problem, refuseWith, sendProblem } from '../../api/problems.ts';
import type { Central } from '../../central.ts';
import type { TypedApp } from '../../typed-app.ts';
import type { Metrics } from './metrics.ts';

/** Headers by which a proxy says that it asks for somebody else. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * What the process measures, in Prometheus’ form.
 *
 * Who holds the metrics token may read it; where none is configured, programs of this computer may, as
 * long as no proxy stands between.
 */
export function registerMetrics(
  routes: TypedApp,
  central: Central,
  metrics: Metrics,
  token: string | undefined,
): void {
  routes.get(
    OPERATIONS_ROUTES.metrics,
    {
      errorHandler: handleProblems(central),
      logLevel: 'warn',
      onRequest: async (request, reply) => {
        const allowed = admitScraper(token, request);
        return allowed.ok ? undefined : sendProblem(central, request, reply, allowed.failure);
      },
      schema: { summary: 'What the process measures, for Prometheus', tags: ['operations'] },
    },
    async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .type(metrics.mediaType)
        .send(await metrics.print()),
  );
}

function admitScraper(
  token: string | undefined,
  { headers, raw }: FastifyRequest,
): Result<undefined, Problem> {
  if (token === undefined) {
    const isOwn = LOOPBACK.test(raw.socket.remoteAddress ?? '');
    return isOwn && FORWARDED.every((name) => headers[name] === undefined)
      ? ok(undefined)
      : refuseWith('remote-access.off', 'metrics are for programs of this computer');
  }
  const given = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (given === undefined) return refuseWith('token.missing', 'send the metrics token');
  return timingSafeEqual(digest(given), digest(token))
    ? ok(undefined)
    : refuseWith('token.invalid', 'this is not the metrics token');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
