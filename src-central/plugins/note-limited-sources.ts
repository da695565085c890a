import type { FastifyInstance } from 'fastify';
import type { Central } from '../central.ts';
import { noteOccasionally } from '../modules/critical-events/note-occasionally.ts';
import { sourceOf } from './source-limits.ts';

const TOO_MANY_REQUESTS = 429;

/** Notes which sources asked too often, and for what (GLI-31 5.6.1). */
export function registerNoteLimitedSources(app: FastifyInstance, central: Central): void {
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode !== TOO_MANY_REQUESTS) return;
    await noteOccasionally(central.database, {
      type: 'request.too-many',
      severity: 'WARN',
      description: 'a source asked too often and was refused',
      metadata: { source: sourceOf(request), call: request.routeOptions.url ?? '' },
    });
  });
}
