import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CentralRefusal } from '../refusal.ts';

const WINDOW_MS = 60_000;

/** Counts a request against its key; a refusal once there were too many in one minute. */
export type SourceLimit = (request: FastifyRequest) => Promise<CentralRefusal | undefined>;

/** Where a request comes from: an address, or the network of an IPv6 one. */
export function sourceOf(request: FastifyRequest): string {
  return normalizeIP(request.ip);
}

/**
 * A limit of `perMinute` requests for each key, in this process. The key is the source, unless
 * `keyOf` knows a better one. `app` has the plugin of the limits.
 */
export function createSourceLimit(
  app: Pick<FastifyInstance, 'createRateLimit'>,
  perMinute: number,
  keyOf: (request: FastifyRequest) => Promise<string> | string = sourceOf,
): SourceLimit {
  const count = app.createRateLimit({ max: perMinute, timeWindow: WINDOW_MS, keyGenerator: keyOf });
  return async (request) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return undefined;
    return {
      code: 'request.too-many',
      detail: 'too many such requests from this source',
      retryAfterSeconds: counted.ttlInSeconds,
    };
  };
}
